/** A deployment for tests without Effect. */

/**
 * Some fields of a deployment. All others have default values. It is deployed, unless `deployed` is false: then the
 * emulator deploys it after its `deployDelay`. Monitoring data cannot be given, because the emulator computes it from
 * prediction requests: see `recordTraffic`.
 *
 * @since 0.1.0
 */
export interface DeploymentFixture {
  /** 1 to 128 letters, digits, `-` and `_`. Default: 24 hexadecimal digits. */
  readonly id?: string
  /** Default: `Model deployment`. */
  readonly label?: string | null
  /** Default: null. */
  readonly description?: string | null
  /** `active`, `inactive` or `archived`. Default: `active`. */
  readonly status?: Open<"active" | "inactive" | "archived">
  /** Default: `dedicated`. */
  readonly type?: Open<"sse" | "dedicated" | "legacy_dedicated" | "external">
  /** Default: true. */
  readonly deployed?: boolean | null
  /** The deployed model. `uid` is the id of the user who created it. */
  readonly model?: {
    /** Id of the model. */
    readonly id: string
    /** What kind of model it is. */
    readonly modelType: string
    /** Id of the user who created the model. */
    readonly uid: string
    /** Numbers of the icons that the web application shows for the model. */
    readonly icons?: ReadonlyArray<number> | null
  }
  /** The model's id, if no `model` is given. */
  readonly modelId?: string
  /**
   * The project of the model: `id`, `projectName`, `target`, `targetType` and so on. `targetType` decides what the
   * deployment predicts: `Binary`, `Regression`, `Multiclass` (with `classNames`), `TextGeneration`, `Unstructured`.
   */
  readonly project?: {
    /** Id of the project. */
    readonly id: string
    readonly [key: string]: unknown
  }
  /** The project's id, if no `project` is given. */
  readonly projectId?: string
  /** The id of its model package. Default: the deployment's own id. */
  readonly modelPackageId?: string
  /** The id of the prediction environment that it runs in. Default: none, so it is dedicated. */
  readonly predictionEnvironmentId?: string
  /** Who created it. Default: the user of the emulator's token. */
  readonly user?: {
    /** Id of the user. */
    readonly id: string
    /** Name that the user logs in with: usually the email address. */
    readonly username: string
    /** First name of the user. */
    readonly firstName?: string | null
    /** Last name of the user. */
    readonly lastName?: string | null
  }
  /** The id of its organization. */
  readonly organizationId?: string | null
  /** The prediction instance that serves the model. Default: the emulator itself. */
  readonly instance?:
    | {
      /** Id of the prediction instance. */
      readonly id: string
      /** Host name of the prediction instance. */
      readonly hostName: string
      /** The key that prediction requests to it carry besides the token. */
      readonly datarobotKey?: string | null
      /** Whether it uses TLS. */
      readonly sslEnabled?: boolean | null
      /** Its address in a private network. */
      readonly privateIp?: string | null
      /** The `ormVersion` of the instance. DataRobot does not document its meaning. */
      readonly ormVersion?: string | null
    }
    | null
  /** Host and port that make predictions. Default: those of the emulator. */
  readonly predictionEndpoint?: string | null
  /** When it was created: ISO 8601 (UTC without a zone), or a `Date`. Default: the time at which it is added. */
  readonly createdAt?: string | Date
  /** When it was last changed. Default: `createdAt`. */
  readonly updatedAt?: string | Date
  /** `passing`, `warning` or `failing`. */
  readonly modelHealth?: Open<"passing" | "warning" | "failing"> | null
}

/** A known name, or any other. */
type Open<Known extends string> = Known | (string & {})
