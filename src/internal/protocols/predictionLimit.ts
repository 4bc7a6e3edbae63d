/** The size of the body of a prediction request. */
import type { Issue } from "../../DataRobotError.js"

/** Maximum size of the body of a prediction request, in bytes. The server enforces it too. */
export const maxPredictionBody = 52_428_800

/**
 * The issue of a body that exceeds the limit of the server. `bytes` is its size, if it is known. `instead` says how to
 * send less.
 */
export const tooLarge = (path: string, bytes: number | undefined, instead: string): Issue => ({
  path,
  message: `must have at most ${maxPredictionBody} bytes, but has ${
    bytes ?? "more"
  }: ${instead}, or use BatchPrediction.score`
})
