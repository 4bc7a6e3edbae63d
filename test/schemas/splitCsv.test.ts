import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Stream from "effect/Stream"
import type { CsvSettings } from "../../src/wire/batchPrediction.js"
import { splitCsv } from "../../src/wire/splitCsv.js"

const utf8 = (text: string) => new TextEncoder().encode(text)

const split = (csv: string, partSize: number, settings: CsvSettings = {}, lengths: ReadonlyArray<number> = []) =>
  Effect.suspend(() => {
    let rest = utf8(csv)
    const chunks: Array<Uint8Array> = []
    for (const length of lengths) {
      chunks.push(rest.subarray(0, length))
      rest = rest.subarray(length)
    }
    return Stream.runCollect(splitCsv(Stream.fromChunks(...[...chunks, rest].map(Chunk.of)), partSize, settings)).pipe(
      Effect.map((parts) => Array.from(parts, (part) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(part)))
    )
  })

describe("Splitting CSV", () => {
  const cases: ReadonlyArray<
    readonly [what: string, csv: string, partSize: number, parts: ReadonlyArray<string>, settings?: CsvSettings]
  > = [
    ["fills parts", "h\n1\n2\n3\n4\n5", 6, ["h\n1\n2\n", "h\n3\n4\n", "h\n5"]],
    ["keeps a CSV that fits", "h\n1\n2\n", 6, ["h\n1\n2\n"]],
    ["cuts at CRLF", "h\r\n1\r\n2\r\n3\r\n", 9, ["h\r\n1\r\n2\r\n", "h\r\n3\r\n"]],
    ["does not cut inside CRLF", "h\r\n1\r\n2\r\n3\r\n", 8, ["h\r\n1\r\n", "h\r\n2\r\n", "h\r\n3\r\n"]],
    ["cuts at CR", "h\r1\r2\r3", 6, ["h\r1\r", "h\r2\r3"]],
    ["does not cut inside quotes", "h\n\"1\n\n\n\"\n2\n", 6, ["h\n\"1\n\n\n\"\n", "h\n2\n"]],
    ["knows doubled quotes", "h\n\"\"\"\n\"\n\"\"\n2\n3\n", 8, ["h\n\"\"\"\n\"\n", "h\n\"\"\n2\n", "h\n3\n"]],
    ["gives a quote inside a cell no meaning", "h\n5\"\n6\n7\n", 5, ["h\n5\"\n", "h\n6\n", "h\n7\n"]],
    ["sends a long record alone", "h\n1\n222222\n3\n4\n", 6, ["h\n1\n", "h\n222222\n", "h\n3\n4\n"]],
    ["sends each record alone if the header is long", "header\n1\n2\n", 3, ["header\n1\n", "header\n2\n"]],
    ["ignores a fraction of a byte", "h\n1\n2\n", 4.5, ["h\n1\n", "h\n2\n"]],
    ["sends each record alone if the size is not a number", "h\n1\n2\n", NaN, ["h\n1\n", "h\n2\n"]],
    ["does not cut inside a quoted header", "\"h\n\"\n1\n2\n", 7, ["\"h\n\"\n1\n", "\"h\n\"\n2\n"]],
    ["repeats the byte order mark", "\ufeff\"h\n\"\n1\n2\n", 10, ["\ufeff\"h\n\"\n1\n", "\ufeff\"h\n\"\n2\n"]],
    ["uses the settings", "h;'\n'\n1;'\n'\n2;3\n", 14, ["h;'\n'\n1;'\n'\n", "h;'\n'\n2;3\n"], {
      delimiter: ";",
      quotechar: "'"
    }],
    ["sends a header line alone", "h\n", 3, ["h\n"]],
    ["sends a header line without a line break", "h", 3, ["h"]]
  ]
  for (const [what, csv, partSize, parts, settings] of cases) {
    it.effect(`${what}, also byte by byte`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* split(csv, partSize, settings), parts)
        assert.deepStrictEqual(yield* split(csv, partSize, settings, Array.from(utf8(csv), () => 1)), parts)
      }))
  }

  it.effect("rejects an empty CSV, and encodings in which a quote cannot be found", () =>
    Effect.gen(function*() {
      const problem = (csv: string, settings: CsvSettings = {}) =>
        Effect.map(Effect.flip(split(csv, 100, settings)), ({ message, path }) => `${path}: ${message}`)
      assert.strictEqual(yield* problem(""), "csv: the CSV is empty, without a header line")
      for (
        const settings of [{ encoding: "utf_16" }, { encoding: "iso2022_jp" }, {
          encoding: "shift_jis",
          delimiter: "|"
        }]
      ) {
        assert.match(yield* problem("h\n", settings), /^csvSettings.encoding: CSV in this encoding cannot be split/)
      }
      assert.deepStrictEqual(yield* split("h\n1\n2\n", 4, { encoding: "shift_jis" }), ["h\n1\n", "h\n2\n"])
    }))

  it.effect("stops at a record of more than 64 MiB", () =>
    Effect.gen(function*() {
      let chunks = 0
      const endless = Stream.repeatEffect(Effect.sync(() => {
        chunks++
        return new Uint8Array(1024 * 1024).fill(0x0a)
      }))
      for (const start of ["h\n1\n\"", "\""]) {
        chunks = 0
        const parts = splitCsv(Stream.concat(Stream.make(utf8(start)), endless), 1000)
        const { message } = yield* Effect.flip(Stream.runDrain(parts))
        assert.match(message, /^a record is longer than 64 MiB/)
        assert.isAtMost(chunks, 65)
      }
    }))

  it.effect.prop(
    "cuts only between records and loses nothing, however the bytes are split",
    [
      FastCheck.array(FastCheck.constantFrom("1", "22", "\"\"", "\"\n\"", "\"\"\"\r\"", "\"é,\""), {
        minLength: 1,
        maxLength: 30
      }),
      FastCheck.constantFrom("\n", "\r\n", "\r"),
      FastCheck.integer({ min: 1, max: 40 }),
      FastCheck.array(FastCheck.nat(9), { maxLength: 30 }),
      FastCheck.boolean()
    ],
    ([cells, lineBreak, partSize, lengths, isEnded]) =>
      Effect.gen(function*() {
        const records = cells.map((cell, index) => `${index},${cell}${lineBreak}`)
        const header = `a,"b\n"${lineBreak}`
        const csv = header + records.join("")
        const parts = yield* split(isEnded ? csv : csv.slice(0, -lineBreak.length), partSize, {}, lengths)
        const bodies = parts.map((part) => {
          assert.isTrue(part.startsWith(header))
          return part.slice(header.length)
        })
        assert.strictEqual(
          bodies.join(""),
          isEnded ? csv.slice(header.length) : csv.slice(header.length, -lineBreak.length)
        )
        let next = 0
        for (const [index, body] of bodies.entries()) {
          const first = next
          for (let size = 0; size < body.length; next++) size += records[next]?.length ?? 0
          const isLast = index === bodies.length - 1
          const whole = records.slice(first, next).join("")
          assert.strictEqual(isLast && !isEnded ? `${body}${lineBreak}` : body, whole)
          assert.isTrue(utf8(header + body).length <= partSize || next === first + 1)
        }
      })
  )
})
