/** Finds secrets in the caller's headers, because a server may repeat them as it may repeat the token (S-10). */
import * as Effect from "effect/Effect"
import type { Redactor } from "../../wire/redaction.js"
import type { Connection } from "./connection.js"
import type { Operation } from "./operation.js"
import { mergeOptions, type RequestOptions } from "./options.js"
import { DataRobot } from "./service.js"

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
export const headerSecrets = (headers: Readonly<Record<string, unknown>> = {}): ReadonlyArray<string> =>
  Object.entries(headers)
    .flatMap(([name, value]) => secretName.test(name) && typeof value === "string" ? [value] : [])
    .flatMap((value) => [value.trim(), value.trim().replace(/^\S+\s+/, "")])
    .filter((value) => value.length >= minLength)

/** Returns the connection, with a redactor that also replaces the secrets in these headers, and `more` secrets. */
export const withHeaderSecrets = (
  connection: Connection,
  headers: RequestOptions["headers"],
  more: ReadonlyArray<string> = []
): Connection => {
  const secrets = [...more, ...headerSecrets(headers)]
  return secrets.length === 0 ? connection : { ...connection, redactor: connection.redactor.and(secrets) }
}

/** Returns the redactor of an operation. */
export const redactorOf = (
  { options, secrets }: Pick<Operation, "options" | "secrets">
): Effect.Effect<Redactor, never, DataRobot> =>
  Effect.map(
    DataRobot,
    (connection) => withHeaderSecrets(connection, mergeOptions(connection.options, options).headers, secrets).redactor
  )
