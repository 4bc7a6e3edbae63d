/** The types of results without the keys of prediction servers, as in the Promise API. */
import type { Page } from "../../Page.js"
import type { Deployment } from "../../wire/deployment.js"
import type { PredictionServer } from "../../wire/predictionServer.js"

type Server = Deployment["defaultPredictionServer"]

/**
 * A deployment without the key of its prediction server.
 *
 * @since 0.1.0
 */
export interface KeylessDeployment extends Omit<Deployment, "defaultPredictionServer"> {
  readonly defaultPredictionServer?: Omit<NonNullable<Server>, "datarobotKey"> | null
}

/**
 * A prediction server without its key.
 *
 * @since 0.1.0
 */
export interface KeylessPredictionServer extends Omit<PredictionServer, "datarobotKey"> {}

/** Whether a record has a key. A record with any key, such as one that is passed on as it is, does not count. */
type Has<A, Key extends string> = string extends keyof A ? false : Key extends keyof A ? true : false

type KeylessItem<A> = Has<A, "defaultPredictionServer"> extends true ? KeylessDeployment
  : Has<A, "datarobotKey"> extends true ? KeylessPredictionServer
  : A

type HasKey<A> = true extends Has<A, "defaultPredictionServer"> | Has<A, "datarobotKey"> ? true : false

/**
 * The result of an operation without the keys of prediction servers. Other results stay the same.
 *
 * @since 0.1.0
 */
export type Keyless<A> = A extends ReadonlyArray<infer Item>
  ? HasKey<Item> extends true ? ReadonlyArray<KeylessItem<Item>> : A
  : A extends Page<infer Item, infer Query> ? HasKey<Item> extends true ? Page<KeylessItem<Item>, Query> : A
  : KeylessItem<A>
