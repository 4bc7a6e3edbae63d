/** Removes the keys whose value is `undefined`, so that they cannot replace a default when the object is spread. */
export const withoutUndefined = <A extends object>(value: A): A =>
  // Boundary: without `exactOptionalPropertyTypes`, an optional key can be `undefined`, whatever its type says.
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as A
