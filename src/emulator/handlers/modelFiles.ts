/** The handlers of the files of a deployed model: scoring code and model packages. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import { zip } from "../files/zip.js"
import { championOf } from "../monitoring/period.js"
import * as Errors from "../protocol/errors.js"
import type { Known } from "../state/known.js"
import { targetTypeOf } from "../state/stored.js"
import { accepted, type Handlers } from "./handler.js"

/** What the files say about the deployed model. The emulator's pseudo-model has no code. */
const facts = ({ deployment, details }: Known) => {
  const { modelId, modelPackageId } = championOf(details)
  return { deploymentId: deployment.id, modelId, modelPackageId, targetType: targetTypeOf(deployment) }
}

/** The manifest of a JAR file. Each line has at most 72 bytes. */
const manifest = (known: Known): string => {
  const { deploymentId, modelId, modelPackageId, targetType } = facts(known)
  return [
    "Manifest-Version: 1.0",
    "Created-By: effect-datarobot emulator",
    `DataRobot-Deployment-Id: ${deploymentId}`,
    `DataRobot-Model-Id: ${modelId}`,
    `DataRobot-Model-Package-Id: ${modelPackageId}`,
    `DataRobot-Target-Type: ${targetType}`,
    "",
    ""
  ].join("\r\n")
}

const file = (bytes: Uint8Array, contentType: string, name: string) =>
  HttpServerResponse.uint8Array(bytes, {
    contentType,
    headers: { "content-disposition": `attachment; filename="${name}"` }
  })

export const modelFiles = {
  scoringCode: ({ path }, { state }) =>
    Effect.map(
      state.known(path.id),
      (known) => file(zip({ "META-INF/MANIFEST.MF": manifest(known) }), "application/java-archive", `${path.id}.jar`)
    ),
  buildScoringCode: ({ path, request }, { state }) =>
    Effect.map(state.startBuild(path.id, "scoringCode"), (job) => accepted(job, request)),
  buildModelPackageFile: ({ path, request }, { state }) =>
    Effect.map(state.startBuild(path.id, "modelPackageFile"), (job) => accepted(job, request)),
  modelPackageFile: ({ path }, { state }) =>
    Effect.gen(function*() {
      const known = yield* state.known(path.id)
      if (!(yield* state.isBuilt(path.id, "modelPackageFile"))) {
        return yield* Errors.notHere("The file of the model package was not built: request modelPackageFileBuilds/")
      }
      const content = zip({ "model-package.json": JSON.stringify(facts(known)) })
      return file(content, "application/octet-stream", `${path.id}.mlpkg`)
    })
} satisfies Partial<Handlers<"deployments">>
