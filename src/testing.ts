/** Layers for the tests of your own code: a whole DataRobot in memory, or an HTTP client from a table of answers. */
export * as MockHttpClient from "./testing/MockHttpClient.js"
export * as TestDataRobot from "./testing/TestDataRobot.js"
