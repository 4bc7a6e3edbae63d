/** The package's version, as the `user-agent` header has it. A test holds it to package.json. */
export const version = "0.1.0"
