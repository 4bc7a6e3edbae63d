/** The forms in which a server may repeat a token. */
/** The code of a character, in two hexadecimal digits. */
export const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(2, "0")
const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;" }

/** Each form, by the software that writes it. */
export const echoes: Readonly<Record<string, (token: string) => string>> = {
  "unchanged": (token) => token,
  "as JSON": (token) => JSON.stringify(token),
  "as PHP's JSON": (token) => JSON.stringify(token).replaceAll("/", "\\/"),
  "as Go's JSON": (token) => JSON.stringify(token).replace(/[<>&]/g, (char) => `\\u00${hex(char)}`),
  "as Rails's JSON": (token) => JSON.stringify(token).replace(/[<>&']/g, (char) => `\\u00${hex(char).toUpperCase()}`),
  "in a URL": encodeURIComponent,
  "in a URL, in lower case": (token) => encodeURIComponent(token).replace(/%../g, (escape) => escape.toLowerCase()),
  "in a URL, strictly encoded": (token) => token.replace(/[^A-Za-z0-9\-._~]/g, (char) => `%${hex(char).toUpperCase()}`),
  "as a form field": (token) => new URLSearchParams({ token }).toString(),
  "as HTML": (token) => token.replace(/[&<>"']/g, (char) => named[char] ?? char),
  "as Python's HTML": (token) => token.replace(/[&<>"']/g, (char) => char === "'" ? "&#x27;" : named[char] ?? char),
  "as Jinja's HTML": (token) => token.replace(/[&<>"']/g, (char) => char === "\"" ? "&#34;" : named[char] ?? char),
  "as base64": (token) => btoa(token)
}

/** All forms in one text. */
export const everyEcho = (token: string) => Object.values(echoes).map((echo) => `[${echo(token)}]`).join(" ")
