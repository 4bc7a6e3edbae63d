/** Finds secrets in the caller's headers, because a server may repeat them as it may repeat the token (S-10). */
import type { Connection } from "./connection.js"
import type { RequestOptions } from "./options.js"

const word = (text: string) => `(?:^|[-_.])(?:${text})(?:$|[-_.])`
const secretName = new RegExp(
  `auth(?!or(?!iz))|token|secret|passw|passphrase|pwd|credential|session|cookie|signature|jwt|assertion|bearer|csrf|${
    word("(?:api|access|private)?keys?|pass|sig|hmac|sas")
  }`,
  "i"
)

/** A shorter value occurs in other texts too. */
const minLength = 8

/** Returns the values of headers whose name says that they are secret. Of `Scheme value`, the value alone is one too. */
export const headerSecrets = (headers: RequestOptions["headers"] = {}): ReadonlyArray<string> =>
  Object.entries(headers)
    .filter(([name, value]) => secretName.test(name) && typeof value === "string")
    .flatMap(([, value]) => [value.trim(), value.trim().replace(/^\S+\s+/, "")])
    .filter((value) => value.length >= minLength)

/** Returns the connection, with a redactor that also replaces the secrets in these headers. */
export const withHeaderSecrets = (connection: Connection, headers: RequestOptions["headers"]): Connection => {
  const secrets = headerSecrets(headers)
  return secrets.length === 0 ? connection : { ...connection, redactor: connection.redactor.and(secrets) }
}
