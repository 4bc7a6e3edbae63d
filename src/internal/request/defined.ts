type Defined<A> = { [Key in keyof A]?: Exclude<A[Key], undefined> }

/** The entries of a record that are not undefined. */
export const defined = <A extends object>(record: A): Defined<A> =>
  // Boundary: `fromEntries` forgets which keys there are.
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<A>
