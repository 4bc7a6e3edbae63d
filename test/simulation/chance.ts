/** Makes all random decisions from one seed. */
import { PCGRandom } from "effect/Utils"

export interface Chance {
  /** A number from 0 up to 1. */
  readonly draw: () => number
  /** A whole number of `[least, most]`. */
  readonly between: (least: number, most: number) => number
  readonly happens: (probability: number) => boolean
  readonly oneOf: <A>(choices: readonly [A, ...ReadonlyArray<A>]) => A
  /** One of some choices, by weight; choices of weight 0 are never drawn. */
  readonly weighted: <Name extends string>(weights: Readonly<Record<Name, number>>) => Name
}

/** Each purpose has its own random stream, so that draws for one do not affect the others. */
export const make = (seed: number, purpose: number): Chance => {
  const random = new PCGRandom(seed, purpose, 0, 0)
  const draw = () => random.number()
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1))
  return {
    draw,
    between,
    happens: (probability) => draw() < probability,
    oneOf: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
    weighted: <Name extends string>(weights: Readonly<Record<Name, number>>) => {
      // Boundary: the keys of an object literal have its own key type.
      const entries = Object.entries(weights) as Array<[Name, number]>
      let left = draw() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of entries) {
        left -= weight
        if (left < 0) return name
      }
      throw new Error("nothing to choose from")
    }
  }
}
