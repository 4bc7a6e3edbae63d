/**
 * How much the expensive tests try. `npm test` makes few runs of each, the proof (`npm run proof`, or `PROOF=1 npm test`)
 * makes all of them.
 */
export const isProof = process.env["PROOF"] === "1"

/** The number of runs of a property, seeds of a simulation, clients of a crowd. */
export const runs = (quick: number, full: number): number => isProof ? full : quick
