/**
 * The brand of the error classes. A process may contain two copies of this package, such as the ES module and the
 * CommonJS module. Each has its own classes, but both use the same brand, so each recognizes the other's errors.
 */
import * as Schema from "effect/Schema"

const brand = Symbol.for("effect-datarobot/DataRobotError")

// Reading a property of a proxy, or a getter, may throw.
const hasBrand = (value: unknown, identifier: string): boolean => {
  try {
    return typeof value === "object" && value !== null && Reflect.get(value, brand) === identifier
  } catch {
    return false
  }
}

// The brand is on the prototype and not enumerable, so it does not appear in JSON, logs or comparisons.
const addBrand = <C extends abstract new(...args: never) => unknown>(base: C, identifier: string): C => {
  Object.defineProperty(base.prototype, brand, { value: identifier })
  return Object.defineProperty(base, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      // A further subclass has only its own instances.
      return Object.getPrototypeOf(this) === base
        ? hasBrand(value, identifier)
        : Function.prototype[Symbol.hasInstance].call(this, value)
    }
  })
}

/** Sets the stack of an error to its name and its message. */
const dropFrames = (error: Error): void => {
  const value = `${error.name}: ${error.message}`
  Object.defineProperty(error, "stack", { value, configurable: true, writable: true })
}

/**
 * Like `Schema.TaggedError`, but `instanceof` also accepts the same error of another copy of the package. The stack has
 * no frames: an error is made in a callback of the HTTP client, where no frame is the caller's. `Cause.pretty` adds the
 * spans, that of the operation first, and the Promise API the caller's frames.
 */
export const TaggedError = <Self>(identifier: string) =>
<Tag extends string, Fields extends Schema.Struct.Fields>(
  tag: Tag,
  fields: Fields
): Schema.TaggedErrorClass<Self, Tag, { readonly _tag: Schema.tag<Tag> } & Fields> => {
  // Boundary: the type of `Schema.TaggedError` is an error message if `Self` is missing, and TypeScript cannot see that
  // it is not.
  const Base = Schema.TaggedError<object>(identifier)(tag, fields) as unknown as new(
    ...args: ReadonlyArray<unknown>
  ) => Error
  class Frameless extends Base {
    constructor(...args: ReadonlyArray<unknown>) {
      super(...args)
      dropFrames(this)
    }
  }
  return addBrand(Frameless, identifier) as never
}
