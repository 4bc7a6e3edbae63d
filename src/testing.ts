/**
 * For the tests of your own code: a whole DataRobot in memory, an HTTP client from a table of answers, and what operations
 * answer, made from a few fields.
 */
export * as Fixture from "./testing/Fixture.js"
export * as MockHttpClient from "./testing/MockHttpClient.js"
export * as TestDataRobot from "./testing/TestDataRobot.js"
