/** Jobs in any order, compared with a reference model: a list of pending changes. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Emulator from "../../../src/emulator/index.js"
import { runs } from "../../effort.js"
import { ask, at } from "../support.js"

/** The duration of a job; seconds. */
const takes = 60

interface Expected {
  status: string
  modelPackage: string | undefined
  humility: boolean
}

interface Pending {
  readonly job: string
  readonly deployment: string
  readonly ends: number
  readonly shows: string | undefined
  readonly apply: (expected: Expected) => void
}

const ids = ["a", "b"] as const
const deployment = FastCheck.constantFrom(...ids)

const step = FastCheck.oneof(
  FastCheck.record({
    kind: FastCheck.constant("status" as const),
    id: deployment,
    status: FastCheck.constantFrom("active", "inactive")
  }),
  FastCheck.record({
    kind: FastCheck.constant("model" as const),
    id: deployment,
    to: FastCheck.constantFrom("p1", "p2", "p3")
  }),
  FastCheck.record({ kind: FastCheck.constant("settings" as const), id: deployment, enabled: FastCheck.boolean() }),
  FastCheck.record({ kind: FastCheck.constant("cancel" as const), which: FastCheck.nat(5) }),
  FastCheck.record({ kind: FastCheck.constant("advance" as const), seconds: FastCheck.integer({ min: 1, max: 90 }) })
)

it.effect.prop(
  "jobs of the emulator apply their changes when they end, once, in the order in which they were started",
  [FastCheck.array(step, { minLength: 1, maxLength: 25 })],
  ([steps]) =>
    Effect.gen(function*() {
      const { advance } = yield* Emulator.Emulator
      const expected = new Map(
        ids.map((id): [string, Expected] => [id, { status: "active", modelPackage: undefined, humility: false }])
      )
      let pending: ReadonlyArray<Pending> = []
      let now = 0

      /** Records the job that a response has started, unless the request was rejected. */
      const start = (
        answer: Effect.Effect.Success<ReturnType<typeof ask>>,
        refused: boolean,
        deployment: string,
        shows: string | undefined,
        apply: Pending["apply"]
      ) => {
        assert.strictEqual(answer.status, refused ? 409 : 202, answer.text)
        const [, job = ""] = /status\/(\w+)\/$/.exec(answer.headers["location"] ?? "") ?? []
        if (!refused) pending = [...pending, { job, deployment, ends: now + takes, shows, apply }]
      }

      for (const one of steps) {
        switch (one.kind) {
          case "status": {
            const { id, status } = one
            const changing = pending.some(({ deployment, shows }) =>
              deployment === id && (shows === "launching" || shows === "stopping")
            )
            start(
              yield* ask(`PATCH deployments/${id}/status/`, { json: { status } }),
              changing || expected.get(id)?.status === status,
              id,
              status === "active" ? "launching" : "stopping",
              (state) => {
                state.status = status
              }
            )
            break
          }
          case "model": {
            const { id, to } = one
            const replacing = pending.some(({ deployment, shows }) => deployment === id && shows === "replacingModel")
            start(
              yield* ask(`PATCH deployments/${id}/model/`, { json: { modelPackageId: to, reason: "OTHER" } }),
              replacing || expected.get(id)?.modelPackage === to,
              id,
              "replacingModel",
              (state) => {
                state.modelPackage = to
              }
            )
            break
          }
          case "settings":
            start(
              yield* ask(`PATCH deployments/${one.id}/settings/`, { json: { humility: { enabled: one.enabled } } }),
              false,
              one.id,
              undefined,
              (state) => {
                state.humility = one.enabled
              }
            )
            break
          case "cancel": {
            const cancelled = pending[one.which]
            if (cancelled === undefined) break
            assert.strictEqual((yield* ask(`DELETE status/${cancelled.job}/`)).status, 204)
            pending = pending.filter((other) => other !== cancelled)
            break
          }
          case "advance":
            now += one.seconds
            yield* advance(`${one.seconds} seconds`)
            for (const { apply, deployment, ends } of pending) {
              const state = expected.get(deployment)
              if (ends <= now && state !== undefined) apply(state)
            }
            pending = pending.filter(({ ends }) => ends > now)
        }
        const { json } = yield* ask("GET status/")
        const listed = at(json, "data")
        assert.deepStrictEqual(
          Array.isArray(listed) ? listed.map((job) => at(job, "statusId")) : listed,
          pending.map(({ job }) => job)
        )
        for (const [id, { humility, modelPackage, status }] of expected) {
          const shown = pending.filter(({ deployment }) => deployment === id).flatMap(({ shows }) => shows ?? [])
          const { json } = yield* ask(`GET deployments/${id}/`)
          const replacing = shown.includes("replacingModel")
          assert.strictEqual(at(json, "status"), replacing ? "replacingModel" : shown[0] ?? status)
          if (modelPackage !== undefined) assert.strictEqual(at(json, "modelPackage", "id"), modelPackage)
          assert.strictEqual(at(json, "settings", "humbleAiEnabled"), humility)
        }
      }
    }).pipe(
      Effect.provide(Emulator.layer({
        clock: "2022-03-08T10:30:00Z",
        deployDelay: `${takes} seconds`,
        deployments: ids.map((id) => ({ id }))
      }))
    ),
  { fastCheck: { numRuns: runs(30, 150) }, timeout: 60_000 }
)
