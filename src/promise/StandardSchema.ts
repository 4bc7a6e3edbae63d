/**
 * A schema of any library that follows the Standard Schema specification, version 1. It checks a value of `Input`, and
 * converts it to `Output`.
 *
 * @since 0.1.0
 */
export interface StandardSchema<Input, Output> {
  readonly "~standard": {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => Validated<Output> | Promise<Validated<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/**
 * The result of a Standard Schema: the value, or what is wrong.
 *
 * @since 0.1.0
 */
export type Validated<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: ReadonlyArray<ValidationIssue> }

/**
 * What is wrong with a value.
 *
 * @since 0.1.0
 */
export interface ValidationIssue {
  readonly message: string
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
}
