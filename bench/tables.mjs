/** Formats the results as Markdown tables. */
import { figureOf, judge, ratioOf } from "./statistics.mjs"

const table = (head, rows) =>
  [head, head.map((_, index) => index === 0 ? "---" : "--:"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")

const digits = (value) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
const time = (seconds) =>
  seconds < 1e-3 ? `${digits(seconds * 1e6)} µs` : seconds < 1 ? `${digits(seconds * 1e3)} ms` : `${digits(seconds)} s`

/** What the figures are called, how they are formatted, and whether their ratios mean something: memory may be 0. */
const figures = {
  cpu: { title: "processor time", text: time },
  wall: { title: "elapsed time", text: time },
  memory: { title: "memory above idle, at its peak", noRatio: true, text: (megabytes) => `${digits(megabytes)} MB` },
  rss: { title: "memory at its peak", text: (megabytes) => `${digits(megabytes)} MB` },
  allocated: { title: "allocated", text: (kilobytes) => `${digits(kilobytes)} kB` },
  size: { title: "minified and gzipped", text: (kilobytes) => `${digits(kilobytes)} kB` }
}

const spreadText = ({ high, low, median }, text) => `${text(median)} (${text(low)} to ${text(high)})`

/** Returns one row for each target: what was measured, the bound, what was reached, and the verdict. */
export const targetTable = (results) =>
  table(
    ["", "target", "reached (middle half of the rounds)", "verdict"],
    judge(results).map(({ contender, figure, least, most, of, reached, scenario, verdict }) => {
      const { text } = figures[figure]
      const format = of === undefined ? text : digits
      const bound = most === undefined ? `at least ${format(least)}` : `at most ${format(most)}`
      return [
        `${scenario}: ${contender}, ${figures[figure].title}`,
        of === undefined ? bound : `${bound} x ${of}`,
        spreadText(reached, format),
        verdict === "met" ? verdict : `**${verdict}**`
      ]
    })
  )

/** Returns the results of one scenario. Ratios are to its first contender. */
const resultTable = ({ contenders, figures: names, name: title }) => {
  const [first] = contenders
  const isCompared = (figure) => !figures[figure].noRatio
  return `### ${title}\n\n${
    table(
      ["", ...names.flatMap((name) => [figures[name].title, ...(isCompared(name) ? [`x ${first.name}`] : [])])],
      contenders.map((own) => [
        own.name,
        ...names.flatMap((name) => [
          figures[name].text(figureOf(own, name).median),
          ...(isCompared(name) ? [spreadText(ratioOf(own, first, name), digits)] : [])
        ])
      ])
    )
  }`
}

export const resultTables = (results) => results.map(resultTable).join("\n\n")

/** The columns of the summary: scenarios, and the contender that the others are compared with. */
const summarized = [
  ["get, 1 in flight", "undici.request"],
  ["get, 64 in flight", "undici.request"],
  ["get, 64 in flight", "fetch"],
  ["create", "undici.request"],
  ["page of 100", "undici.request"],
  ["page of 1 000", "undici.request"]
]

/** Returns the processor time of each client, as ratios. */
export const summaryTable = (results) => {
  const columns = summarized.map(([scenario, of]) => {
    const { contenders } = results.find(({ name }) => name === scenario)
    const by = Object.fromEntries(contenders.map((own) => [own.name, own]))
    return { by, of }
  })
  return table(
    ["", ...summarized.map(([scenario, of]) => `${scenario}, x ${of}`)],
    Object.keys(columns[0].by).map((name) => [
      name,
      ...columns.map(({ by, of }) => name in by ? digits(ratioOf(by[name], by[of], "cpu").median) : "")
    ])
  )
}

/** Returns the targets by their verdicts. */
export const verdictList = (results) => {
  const judged = judge(results)
  return ["missed", "within noise", "met"].map((wanted) => {
    const found = judged.filter(({ verdict }) => verdict === wanted)
    const names = found.map(({ contender, figure, of, scenario }) =>
      `${scenario}: ${contender}, ${of === undefined ? figures[figure].title : `x ${of}`}`
    )
    return `- **${found.length} ${wanted}**${names.length === 0 || wanted === "met" ? "" : `: ${names.join("; ")}`}`
  }).join("\n")
}
