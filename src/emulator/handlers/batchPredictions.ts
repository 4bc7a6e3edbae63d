/** The handlers of `batchPredictions/`. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import { scoringOf } from "../batch/creation.js"
import { readCsv } from "../batch/intake.js"
import { startBatch } from "../batch/starting.js"
import { originOf, select, startedJob, toJson } from "../batch/view.js"
import { ofRequest as planOfRequest } from "../faults/batchPlan.js"
import * as Errors from "../protocol/errors.js"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import type { State } from "../state/State.js"
import type { Handlers } from "./handler.js"

const accepted = HttpServerResponse.empty({ status: 202 })

/** Checks that a body is CSV. It is not compressed. */
const checkType = ({ headers }: Request) =>
  !/^text\/csv *(;|$)/i.test(headers["content-type"] ?? "")
    ? Errors.notAcceptable("The content type must be text/csv")
    : /^(?:identity)?$/i.test((headers["content-encoding"] ?? "").trim())
    ? Effect.void
    : Errors.notAcceptable("The body must not have a Content-Encoding")

/** Whether a client accepts CSV. */
const acceptsCsv = ({ headers }: Request) => /text\/csv|text\/\*|\*\/\*|^ *$/i.test(headers["accept"] ?? "")

/** Reads the CSV of an upload. */
const receive = (state: State, id: string, part: number | undefined, request: Request) =>
  Effect.gen(function*() {
    const { job } = yield* state.batch(id)
    yield* checkType(request)
    const length = Number(request.headers["content-length"] ?? NaN)
    const upload = yield* state.beginUpload(id, part, Number.isFinite(length) ? length : undefined)
    yield* readCsv(state, upload, yield* scoringOf(state, job), request.stream)
    return accepted
  })

export const batchPredictions: Handlers<"batchPredictions"> = {
  list: ({ request, urlParams }, { state }) =>
    Effect.map(state.batches, (all) => {
      const selected = select(all, urlParams)
      const { limit = defaultPageSize, offset } = urlParams
      const page = paginate(selected, { limit, offset }, requestUrl(request))
      return HttpServerResponse.unsafeJson({
        ...page,
        data: page.data.map((shown) => toJson(shown, originOf(request))),
        totalCount: selected.length
      })
    }),
  create: ({ payload, request }, { state }) =>
    Effect.gen(function*() {
      return startedJob(yield* startBatch(state, payload, yield* planOfRequest), request)
    }),
  get: ({ path, request }, { state }) =>
    Effect.map(state.batch(path.id), (shown) => HttpServerResponse.unsafeJson(toJson(shown, originOf(request)))),
  cancel: ({ path }, { state }) => Effect.as(state.cancelBatch(path.id), accepted),
  upload: ({ path, request }, { state }) => receive(state, path.id, undefined, request),
  uploadPart: ({ path: { id, part }, request }, { state }) =>
    /^\d{1,6}$/.test(part)
      ? receive(state, id, Number(part), request)
      : Errors.invalidFields({ part: "must be a whole number from 0" }),
  finishUpload: ({ path }, { state }) => Effect.as(state.finishUpload(path.id), accepted),
  download: ({ path: { id }, request }, { state }) =>
    Effect.gen(function*() {
      const results = yield* state.results(id)
      if (!acceptsCsv(request)) return yield* Errors.notAcceptable("The results are text/csv")
      return HttpServerResponse.stream(results, {
        contentType: "text/csv",
        headers: { "content-disposition": `attachment;filename=result-${id}.csv` }
      })
    })
}
