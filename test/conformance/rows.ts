/** The rows of the table: each case of each scenario with each of its operations, with all requests. */
import type { Exchange, ExpectedError, FaultCase, Options, Reaction, Reference, Result, Scenario } from "./table.js"

/** One call, the requests and responses of the server, and the expected end of the call. */
export interface Row {
  readonly title: string
  readonly operation: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly options: Options
  /** Whether a server listens at the endpoint. */
  readonly listening: boolean
  readonly exchanges: ReadonlyArray<Exchange>
  readonly result: Result
}

export type { Exchange, ExpectedError, Options, Reaction, Result }

/** Returns the requests of a call, one of which meets faults. The faults end the call, unless its result is "ok". */
const withFaults = (
  calls: ReadonlyArray<Exchange>,
  { at, faults, result }: FaultCase,
  title: string
): ReadonlyArray<Exchange> => {
  const index = at === undefined ? 0 : calls.findIndex(({ request }) => request.startsWith(at))
  const met = calls[index]
  if (met === undefined) throw new Error(`${title}: no request of the call begins with "${at}"`)
  return [
    ...calls.slice(0, index),
    ...faults.map((answer) => ({ ...met, answer })),
    ...result === "ok" ? calls.slice(index) : []
  ]
}

/** The rows of a scenario. */
export const rowsOf = (reference: Reference, scenario: Scenario): ReadonlyArray<Row> => {
  const callOf = (operation: string) => {
    const call = reference.operations[operation]
    if (call === undefined) throw new Error(`${scenario.description}: there is no operation ${operation}`)
    return call
  }
  const titleOf = (name: string, operation: string) =>
    `${scenario.promises.join(", ")}: ${scenario.description}: ${name}: ${operation}`
  const shared = (operation: string, one: Scenario["cases"][number]) => ({
    title: titleOf(one.name, operation),
    operation,
    arguments: { ...callOf(operation).arguments, ...scenario.arguments, ...one.arguments },
    options: { ...reference.options, ...scenario.options, ...one.options }
  })
  return "operation" in scenario
    ? scenario.cases.map((one) => ({
      ...shared(scenario.operation, one),
      listening: true,
      exchanges: one.exchanges,
      result: one.result
    }))
    : scenario.cases.flatMap((one) =>
      scenario.operations.map((operation) => ({
        ...shared(operation, one),
        listening: one.listening ?? true,
        exchanges: withFaults(callOf(operation).exchanges, one, titleOf(one.name, operation)),
        result: one.result === "ok" ? { ok: callOf(operation).ok } : one.result
      }))
    )
}
