type Defined<A> = { [Key in keyof A]?: Exclude<A[Key], undefined> }

/** Returns a copy of a record without the keys that are undefined. */
export const defined = <A extends object>(record: A): Defined<A> =>
  // Boundary: the type of `fromEntries` does not keep the keys.
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<A>
