/** The parser of YAML. The build puts yaml into this module, so that the package has no dependency. */
export { Lexer, parse, Parser } from "yaml"
