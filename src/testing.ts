/**
 * Helpers for the tests of your own code: an in-memory DataRobot, an HTTP client with fixed responses, and fixtures for
 * the values that operations return.
 *
 * @since 0.1.0
 */

/**
 * Deployments, statistics and action log entries from a few fields.
 *
 * @since 0.1.0
 */
export * as Fixture from "./testing/Fixture.js"

/**
 * An HTTP client with a table of responses.
 *
 * @since 0.1.0
 */
export * as MockHttpClient from "./testing/MockHttpClient.js"

/**
 * An in-memory DataRobot with a connection to it.
 *
 * @since 0.1.0
 */
export * as TestDataRobot from "./testing/TestDataRobot.js"
