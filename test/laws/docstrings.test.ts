/** Every operation has a docstring with its routes, errors and version, the units of its numbers, and an example. */
import { assert, describe, it } from "@effect/vitest"
import { allOperations } from "./operations.js"
import { effectful } from "./sources.js"

/** Returns the routes in a docstring as lines. `PATCH` and `GET path/` is short for both. */
const routesIn = (doc: string): ReadonlyArray<string> =>
  [
    ...doc.replaceAll(/`([A-Z]+)` and `([A-Z]+) ([^`\s]+)`/g, "`$1 $3` `$2 $3`").matchAll(
      /`([A-Z]+ [^`\s]+\/[^`\s]*)`/g
    )
  ].map(
    ([, line = ""]) => line.replaceAll(/\{\w+\}/g, ":id")
  )

/** The units that a docstring must name, or the operation whose docstring names them. */
const units: Readonly<Record<string, ReadonlyArray<RegExp>>> = {
  "Deployment.getServiceStats": [/in milliseconds/, /shares/, /requests per minute/, /top of an hour/],
  "Deployment.getServiceStatsOverTime": [/Units are those of `getServiceStats`/],
  "ModelDeployment.getServiceStatistics": [/shares/, /requests per minute/, /in seconds/],
  "DeploymentModel.getFeatures": [/`importance` is a share, 0 to 1/],
  "DeploymentMonitoring.getTargetDrift": [/top of an hour/],
  "DeploymentMonitoring.getFeatureDrift": [/top of an hour/],
  "DeploymentMonitoring.getAccuracy": [/top of an hour/],
  "DeploymentMonitoring.getAccuracyOverTime": [/top of an hour/],
  "DeploymentMonitoring.getPredictionsOverTime": [/top of an hour/],
  "DeploymentMonitoring.deleteMonitoringData": [/top of an hour/],
  "DeploymentActuals.submit": [/requests of 10 000/],
  "DeploymentActuals.submitStream": [/every 10 000/],
  "DeploymentActuals.sink": [/every 10 000/],
  "Prediction.predict": [/at most 50 MiB \(52 428 800 bytes\)/, /at most 256 MiB/],
  "Prediction.stream": [/`batchSize` rows and at most 5 MiB/],
  "Prediction.predictCsv": [/at most 50 MiB \(52 428 800 bytes\)/, /10 minutes/],
  "Prediction.predictUnstructured": [/at most 50 MiB \(52 428 800 bytes\)/, /at most 256 MiB/],
  "BatchPrediction.page": [/at most 100/],
  "BatchPrediction.upload": [/in parts, each with the header line/],
  "BatchPrediction.download": [/48 hours/],
  "BatchPrediction.score": [/at most 10 seconds/],
  "Deployment.page": [/at most 100/],
  "Deployment.updateSharedRoles": [/up to 100/]
}

describe("The docstring of an operation names its routes, errors, version and units", () => {
  for (const { alsoMentions = [], mentions = [], name, requests } of allOperations) {
    const doc = effectful.find((declared) => declared.name === name)?.doc ?? ""

    it(`the docstring of ${name} has a description and @since`, () => {
      assert.match(doc, /^[A-Z].{10}/)
      assert.match(doc, /^@since \d+\.\d+\.\d+$/m)
    })

    it(`the docstring of ${name} has a paragraph with its errors, and an example that calls it`, () => {
      const [description = "", ...examples] = doc.split(/^@example$/m)
      assert.match(description, /(?:^|\n\n)Errors: [^\n]{10}/)
      assert.isTrue(examples.some((example) => new RegExp(`\\b${name.replace(".", "\\.")}\\b`).test(example)))
    })

    const routes = [...mentions, ...requests, ...alsoMentions]
    it(`the docstring of ${name} names ${routes.join(", ")} and no other route`, () => {
      assert.deepStrictEqual([...new Set(routesIn(doc))], routes)
    })

    for (const unit of units[name] ?? []) {
      it(`the docstring of ${name} matches ${unit}`, () => {
        assert.match(doc.replaceAll(/\s+/g, " "), unit)
      })
    }
  }

  it("the list of units contains only existing operations", () => {
    const names = new Set(allOperations.map(({ name }) => name))
    assert.deepStrictEqual(Object.keys(units).filter((name) => !names.has(name)), [])
  })
})
