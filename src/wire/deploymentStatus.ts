/**
 * The statuses of a deployment. A newer server may send others.
 *
 * @since 0.1.0
 */
export const DeploymentStatus = {
  /** It accepts prediction requests. */
  ACTIVE: "active",
  /** It accepts no prediction requests. */
  INACTIVE: "inactive",
  /** It is being deactivated. */
  STOPPING: "stopping",
  /** It is being activated. */
  LAUNCHING: "launching",
  /** It is archived. No operation sets this status. */
  ARCHIVED: "archived",
  /** Its model is being replaced. */
  REPLACING_MODEL: "replacingModel",
  /** It could not be started, or it stopped because of an error. */
  ERRORED: "errored"
} as const
export type DeploymentStatus = typeof DeploymentStatus[keyof typeof DeploymentStatus]
