// A file without Effect, because the declarations of the Promise API refer to it.

/**
 * A period `[startTime, endTime)` whose times are at the top of an hour, UTC. It is an input of the monitoring operations,
 * such as `Deployment.getServiceStats`.
 *
 * @since 0.1.0
 */
export interface Period {
  /** The start of the period, inclusive. */
  readonly startTime: Date
  /** The end of the period, exclusive: the next full hour, so that the current hour counts. */
  readonly endTime: Date
}
