const promise = require("effect-datarobot/promise")
const testing = require("effect-datarobot/testing/promise")
const { check } = require("./checks.cjs")

check(promise, testing, "main.cjs").catch((error) => {
  console.error(error)
  process.exitCode = 1
})
