import * as Context from "effect/Context"
import type { DataRobot as Service } from "../../DataRobot.js"
import type { Connection } from "./connection.js"

/** The service that holds the connection. */
export type DataRobot = Service

/**
 * The tag of the service, by its key. The class itself has operations among its static members, so the modules that
 * operations are built from cannot import it.
 */
export const DataRobot = Context.GenericTag<DataRobot, Connection>("effect-datarobot/DataRobot")
