/** The entries of a record that are not undefined. */
export const defined = <A extends object>(record: A): { [Key in keyof A]?: Exclude<A[Key], undefined> } =>
  // Boundary: `fromEntries` forgets which keys there are.
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [Key in keyof A]?: Exclude<A[Key], undefined>
  }
