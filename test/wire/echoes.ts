/** The forms in which a server may repeat a token. */
/** The code of a character, in two hexadecimal digits. */
export const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(2, "0")
const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;" }

const each = (token: string, write: (char: string) => string) => Array.from(token, write).join("")

// A name of each printable ASCII character that has one in HTML, after the character.
const names = new Map(
  ("!excl \"quot #num $dollar %percnt &amp 'apos (lpar )rpar *ast +plus ,comma .period /sol :colon ;semi <lt =equals " +
    ">gt ?quest @commat [lbrack \\bsol ]rsqb ^Hat _lowbar `DiacriticalGrave {lcub |VerticalLine }rbrace")
    .split(" ").map((name) => [name.charAt(0), `&${name.slice(1)};`] as const)
)

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
  "in a URL, every character": (token) => each(token, (char) => `%${hex(char)}`),
  "in a URL, twice": (token) => encodeURIComponent(encodeURIComponent(token).replaceAll("*", "%2A")),
  "as JSON, every character": (token) => each(token, (char) => `\\u00${hex(char)}`),
  "as JSON in JSON": (token) => JSON.stringify(JSON.stringify(token).replaceAll("/", "\\/")),
  "as PHP's JSON with another backslash": (token) => token.replaceAll("/", "\\\\\\/"),
  "in hexadecimal escapes": (token) => each(token, (char) => `\\x${hex(char)}`),
  "as HTML, every character": (token) => each(token, (char) => `&#${char.charCodeAt(0)};`),
  "as HTML with every name": (token) => each(token, (char) => names.get(char) ?? char),
  "as HTML in HTML": (token) => token.replace(/[&<>"']/g, (char) => (named[char] ?? char).replace("&", "&amp;")),
  "in upper case": (token) => token.toUpperCase(),
  "in lower case": (token) => token.toLowerCase(),
  "in hexadecimal digits": (token) => each(token, hex),
  "in bytes": (token) => each(token, hex).toUpperCase(),
  "as base64": (token) => btoa(token),
  "as base64url": (token) => Buffer.from(token).toString("base64url"),
  "as base64 of the header": (token) => btoa(`Bearer ${token}`),
  "as base64, one byte later": (token) => btoa(` ${token} `),
  "as base64, two bytes later": (token) => btoa(`: ${token} is invalid`),
  "as base64 in a URL": (token) => encodeURIComponent(btoa(token)),
  "as base64 of the URL": (token) => btoa(encodeURIComponent(token)),
  "as base64 in base64": (token) => btoa(`token ${btoa(`Bearer ${token}`)}`),
  "as base64 in lines": (token) => btoa(token).replace(/.{12}/g, "$&\r\n")
}

/** All forms in one text. */
export const everyEcho = (token: string) => Object.values(echoes).map((echo) => `[${echo(token)}]`).join(" ")
