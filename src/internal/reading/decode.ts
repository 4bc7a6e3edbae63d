/** The form of a compiled decoder, and its special results. */

/** The result for a value that a schema does not accept. */
export const refused: unique symbol = Symbol("refused")

/** The result of a key that is left out of the decoded record. */
export const absent: unique symbol = Symbol("absent")

/**
 * Returns the decoded value or `refused`. A value that does not change is returned without a copy. `depth` is the number
 * of lists and objects that contain the value, and itself.
 */
export type Decode = (json: unknown, depth: number) => unknown
