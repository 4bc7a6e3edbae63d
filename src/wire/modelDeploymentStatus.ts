/**
 * The statuses of a model deployment. There is no delete: archive a deployment that is no longer needed.
 *
 * @since 0.1.0
 */
export const ModelDeploymentStatus = {
  /** It is in use. */
  ACTIVE: "active",
  /** It is not in use, and can be activated again. */
  INACTIVE: "inactive",
  /** It is no longer needed. It is kept, with its monitoring data. */
  ARCHIVED: "archived"
} as const

/** `"active" | "inactive" | "archived"` */
export type ModelDeploymentStatus = typeof ModelDeploymentStatus[keyof typeof ModelDeploymentStatus]
