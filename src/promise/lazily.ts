/** Properties that are created when they are first read, because a program uses few of a client's namespaces. */

/** Returns an object whose properties are the results of these functions. Each is called at most once. */
export const lazily = <A extends object>(makers: { readonly [Key in keyof A]: () => A[Key] }): A => {
  const object = {}
  for (const [name, make] of Object.entries<() => unknown>(makers)) {
    const define = (value: unknown) => Object.defineProperty(object, name, { value, writable: true })
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = make()
        define(value)
        return value
      },
      // A test may replace a namespace.
      set: define
    })
  }
  // Boundary: it has a property for each of the functions.
  return object as A
}
