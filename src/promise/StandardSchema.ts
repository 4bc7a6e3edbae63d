/**
 * A schema of any library that follows the Standard Schema specification, version 1. It checks a value of `Input`, and
 * converts it to `Output`.
 *
 * @since 0.1.0
 */
export interface StandardSchema<Input, Output> {
  /** What the specification prescribes. */
  readonly "~standard": {
    /** The version of the specification. */
    readonly version: 1
    /** The name of the library. */
    readonly vendor: string
    /** Checks a value, and converts it. */
    readonly validate: (value: unknown) => Validated<Output> | Promise<Validated<Output>>
    /** The types of the schema. Not present at run time. */
    readonly types?: {
      /** The type that it checks. */
      readonly input: Input
      /** The type that it converts to. */
      readonly output: Output
    } | undefined
  }
}

/**
 * The result of a Standard Schema: the value, or what is wrong.
 *
 * @since 0.1.0
 */
export type Validated<Output> =
  | {
    /** The converted value. */
    readonly value: Output
    /** Missing, because the value is valid. */
    readonly issues?: undefined
  }
  | {
    /** What is wrong with the value. */
    readonly issues: ReadonlyArray<ValidationIssue>
  }

/**
 * What is wrong with a value.
 *
 * @since 0.1.0
 */
export interface ValidationIssue {
  /** What is wrong, in words. */
  readonly message: string
  /** Where it is. Missing if it concerns the whole value. */
  readonly path?:
    | ReadonlyArray<
      PropertyKey | {
        /** The key, or the index. */
        readonly key: PropertyKey
      }
    >
    | undefined
}
