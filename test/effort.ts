/**
 * The number of runs of expensive tests. `npm test` makes a few runs of each. The proof makes all of them:
 * `npm run proof`, or `PROOF=1 npm test`.
 */
export const isProof = process.env["PROOF"] === "1"

/** Returns the number of runs of a property, seeds of a simulation, or clients at once. */
export const runs = (quick: number, full: number): number => isProof ? full : quick
