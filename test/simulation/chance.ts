/** Everything that chance decides, from one seed. */
import { PCGRandom } from "effect/Utils"

export interface Chance {
  /** From 0 up to 1. */
  readonly draw: () => number
  /** A whole number of `[least, most]`. */
  readonly between: (least: number, most: number) => number
  readonly happens: (probability: number) => boolean
  readonly oneOf: <A>(choices: readonly [A, ...ReadonlyArray<A>]) => A
  /** One of some choices, by their weights; those of no weight never. */
  readonly weighted: <Name extends string>(weights: Readonly<Record<Name, number>>) => Name
}

/** What is drawn for one purpose does not change what is drawn for another: each has its own stream. */
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
      // Boundary: the keys of a record that was written out are of its own type.
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
