import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Stream from "effect/Stream"
import type { CsvSettings } from "../../src/wire/batchPrediction.js"
import { cellWriter, readCells, readRecords, writeRecords } from "../../src/wire/csv.js"
import type { CsvValue } from "../../src/wire/csvWriter.js"

const utf8 = (text: string) => new TextEncoder().encode(text)

const joined = (pieces: Iterable<Uint8Array>) => new Uint8Array(Array.from(pieces, (piece) => [...piece]).flat())

/** Reads a CSV that arrives in chunks of these lengths, and then as a whole. */
const read = (csv: string | Uint8Array, settings: CsvSettings = {}, lengths: ReadonlyArray<number> = []) =>
  Effect.suspend(() => {
    let rest = typeof csv === "string" ? utf8(csv) : csv
    const chunks: Array<Uint8Array> = []
    for (const length of lengths) {
      chunks.push(rest.subarray(0, length))
      rest = rest.subarray(length)
    }
    const records: Array<Record<string, string>> = []
    const stream = Stream.fromChunks(...[...chunks, rest].map(Chunk.of))
    return Stream.runForEach(readRecords(stream, settings), (record) => Effect.sync(() => records.push(record))).pipe(
      Effect.either,
      Effect.map((ended) => ({ records, problem: Either.isLeft(ended) ? ended.left.message : undefined }))
    )
  })

const write = (
  rows: ReadonlyArray<Readonly<Record<string, CsvValue>>>,
  options: Parameters<typeof writeRecords>[1] = {}
) =>
  Stream.runCollect(writeRecords(Stream.fromIterable(rows), options)).pipe(
    Effect.map((pieces) => Buffer.from(joined(pieces)).toString("latin1")),
    Effect.mapError(({ message, path }) => `${path} ${message}`)
  )

const tooFew = "row 2 has 1 cells, but the header line has 2"

describe("Reading CSV", () => {
  const cases: ReadonlyArray<readonly [what: string, csv: string, rows: ReadonlyArray<string>, problem?: string]> = [
    ["cells that are quoted, empty or have line breaks", "a,b\n\"1,\"\"2\"\"\n\r\",\n,2\n", ["1,\"2\"\n\r|", "|2"]],
    ["every line break", "a,b\r\n1,2\r3,4\n5,6", ["1|2", "3|4", "5|6"]],
    ["a last line break of CR", "a,b\r1,2\r", ["1|2"]],
    ["a byte order mark", "\ufeff\"a\",b\n1,2\n", ["1|2"]],
    ["empty lines at the end", "a,b\n1,2\n\n\r\n", ["1|2"]],
    ["empty rows of one column", "a\n\n1\n\"\"\n", ["", "1", ""]],
    ["a header line only", "a,b", []],
    ["spaces as they are", "a,b\n 1 , \n", [" 1 | "]],
    ["an empty line between rows", "a,b\n1,2\n\n3,4\n", ["1|2"], "row 2 is empty"],
    ["too few cells", "a,b\n1,2\nsecret\n", ["1|2"], tooFew],
    ["too many cells", "a,b\n1,2\n1,2,secret\n", ["1|2"], "row 2 has 3 cells, but the header line has 2"],
    ["a name that occurs twice", "a,b,a\n1,2,3\n", [], "columns 1 and 3 have the same name in the header line"],
    ["a quote that is not closed", "a,b\n1,2\n1,\"secret\n3,4\n", ["1|2"], "row 2 has a quote that is not closed"],
    ["text after a quote", "a,b\n1,2\n1,\"secret\"x\n3,4\n", ["1|2"], "row 2 has text after a closing quote"],
    ["a quote inside", "a,b\n1,2\n1,s\"x\n3,4\n", ["1|2"], "row 2 has a quote inside a cell that is not quoted"],
    ["a quote in the header line", "a\"b\n1\n", [], "the header line has a quote inside a cell that is not quoted"],
    ["nothing", "", [], "the CSV is empty, without a header line"],
    ["only a byte order mark", "\ufeff", [], "the CSV is empty, without a header line"]
  ]
  for (const [what, csv, rows, problem] of cases) {
    it.effect(`${problem === undefined ? "accepts" : "rejects"} ${what}, also byte by byte`, () =>
      Effect.gen(function*() {
        for (const lengths of [[], Array.from(utf8(csv), () => 1)]) {
          const found = yield* read(csv, {}, lengths)
          assert.deepStrictEqual(found.records.map((record) => Object.values(record).join("|")), rows)
          assert.strictEqual(found.problem, problem)
        }
      }))
  }

  it.effect("uses the delimiter and the quotechar of the settings", () =>
    Effect.gen(function*() {
      const tab = yield* read("a\tb\n'1\t''2'''\t\"3\n", { delimiter: "tab", quotechar: "'" })
      assert.deepStrictEqual(tab, { records: [{ a: "1\t'2'", b: "\"3" }], problem: undefined })
      const pipe = yield* read("a|b\n1|2,3\n", { delimiter: "|" })
      assert.deepStrictEqual(pipe.records, [{ a: "1", b: "2,3" }])
    }))

  it.effect("reads encodings by the names of Python and of TextDecoder, also byte by byte", () =>
    Effect.gen(function*() {
      const encodings: ReadonlyArray<
        readonly [names: ReadonlyArray<string>, bytes: ReadonlyArray<number>, text: string]
      > = [
        [["utf_8", "UTF-8", "utf8", "utf-8-sig", "utf_8_sig"], [0xf0, 0x9f, 0x98, 0x80, 0xc3, 0xa9], "\u{1f600}é"],
        [["latin_1", "latin-1", "iso-8859-1", "iso8859_1", "L1"], [0x80, 0xe9], "\u0080é"],
        [["cp1252", "windows-1252", "x-cp1252"], [0x80, 0xe9], "€é"],
        [["cp1251", "windows-1251"], [0xe4, 0x80], "дЂ"],
        [["iso8859_15", "ISO-8859-15"], [0xa4], "€"],
        [["iso8859_9", "latin5"], [0xfe, 0x80], "ş\u0080"],
        [["koi8_r"], [0xc4], "д"],
        [["mac_roman"], [0x8e], "é"],
        [["ascii"], [0x41], "A"],
        [["shift_jis", "Shift-JIS", "cp932"], [0x83, 0x5c, 0x93, 0xfa], "ソ日"],
        [["euc_jp"], [0xc6, 0xfc], "日"],
        [["gb18030"], [0x81, 0x30, 0x81, 0x30], "\u0080"],
        [["iso2022_jp"], [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42], "日"]
      ]
      for (const [names, bytes, text] of encodings) {
        for (const encoding of names) {
          const csv = Uint8Array.from([...utf8("a,b\n\"x\","), ...bytes, ...utf8("\n")])
          for (const lengths of [[], Array.from(csv, () => 1)]) {
            const found = yield* read(csv, { encoding }, lengths)
            assert.deepStrictEqual(found, { records: [{ a: "x", b: text }], problem: undefined }, encoding)
          }
        }
      }
      for (
        const [encoding, mark, order] of [["utf_16", true, 0], ["utf-16-le", false, 0], ["utf_16_be", true, 1]] as const
      ) {
        const csv = Uint8Array.from(
          Array.from(`${mark ? "\ufeff" : ""}a,b\n"x",日\n`, (one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8])
            .flatMap(([low = 0, high = 0]) => order === 0 ? [low, high] : [high, low])
        )
        for (const lengths of [[], Array.from(csv, () => 1)]) {
          assert.deepStrictEqual((yield* read(csv, { encoding }, lengths)).records, [{ a: "x", b: "日" }], encoding)
        }
      }
    }))

  it.effect("rejects bytes that are invalid, with their position", () =>
    Effect.gen(function*() {
      const invalid = (where: string) => `${where}, is invalid in this encoding. Check csvSettings.encoding`
      const bytes = (...tail: ReadonlyArray<number>) => Uint8Array.from([...utf8("a\né\n"), ...tail])
      const cases: ReadonlyArray<readonly [encoding: string, csv: Uint8Array, where: string]> = [
        ["utf-8", bytes(0xff), "byte 5"],
        ["utf-8", bytes(0x41, 0xe9, 0x41), "byte 6"],
        ["utf-8", bytes(0xe2, 0x82), "byte 5"],
        ["utf-8", bytes(0xed, 0xa0, 0x80), "byte 5"],
        ["ascii", bytes(), "byte 2"],
        ["cp1252", Uint8Array.of(0x61, 0x81), "byte 1"],
        ["utf_16", Uint8Array.of(0xfe, 0xff, 0, 0x61), "byte 0, its byte order mark"],
        ["shift_jis", Uint8Array.of(0x61, 0xfd), "a byte after byte 0"]
      ]
      for (const [encoding, csv, where] of cases) {
        assert.strictEqual((yield* read(csv, { encoding })).problem, invalid(where), encoding)
        if (encoding === "shift_jis") continue
        const split = yield* read(csv, { encoding }, Array.from(csv, () => 1))
        assert.strictEqual(split.problem, invalid(where), encoding)
      }
    }))

  it.effect("rejects settings that it cannot use", () =>
    Effect.gen(function*() {
      const rejected = (settings: CsvSettings) =>
        Effect.map(Effect.flip(Stream.runDrain(readCells(Stream.make(utf8("a\n")), settings))), ({ path }) => path)
      for (const delimiter of ["", ",,", "\n", "\r", "§", "\0"]) {
        assert.strictEqual(yield* rejected({ delimiter }), "csvSettings.delimiter")
      }
      for (const quotechar of ["", "''", "\n", ",", "«"]) {
        assert.strictEqual(yield* rejected({ quotechar }), "csvSettings.quotechar")
      }
      for (const encoding of ["", "klingon", "utf_7", "__proto__"]) {
        assert.strictEqual(yield* rejected({ encoding }), "csvSettings.encoding")
      }
    }))

  it.effect("gives the columns of a CSV without rows, and cells in the order of the columns", () =>
    Effect.gen(function*() {
      const cellsOf = (csv: string) => Effect.map(Stream.runCollect(readCells(Stream.make(utf8(csv)))), Chunk.toArray)
      assert.deepStrictEqual(yield* cellsOf("b,a\n"), [{ columns: ["b", "a"], rows: [] }])
      assert.deepStrictEqual(yield* cellsOf("b,1\nx,y\n"), [{ columns: ["b", "1"], rows: [["x", "y"]] }])
    }))

  it.effect("makes __proto__ a key like any other", () =>
    Effect.gen(function*() {
      const { records: [record = {}] } = yield* read("__proto__,constructor\nx,y\n")
      assert.deepStrictEqual(Object.entries(record), [["__proto__", "x"], ["constructor", "y"]])
      assert.strictEqual(Object.getPrototypeOf(record), Object.prototype)
    }))

  it.effect("reads a cell of several megabytes", () =>
    Effect.gen(function*() {
      const cell = "\ufeff" + "é\"\n".repeat(500_000)
      const csv = utf8(`a,b\n1,"${cell.replaceAll("\"", "\"\"")}"\n3,4\n`)
      const { problem, records } = yield* read(csv, {}, [1_000_001])
      assert.isUndefined(problem)
      assert.deepStrictEqual(records.map(({ a }) => a), ["1", "3"])
      assert.isTrue(records[0]?.["b"] === cell)
    }))

  it.effect("stops at a record of more than 64 MiB", () =>
    Effect.gen(function*() {
      let chunks = 0
      const endless = Stream.repeatEffect(Effect.sync(() => {
        chunks++
        return new Uint8Array(1024 * 1024).fill(0x61)
      }))
      const csv = Stream.concat(Stream.make(utf8("a\n1\n\"")), endless)
      const { message } = yield* Effect.flip(Stream.runDrain(readRecords(csv)))
      assert.strictEqual(message, "row 2 is longer than 64 MiB: its quote was probably never closed")
      assert.strictEqual(chunks, 64)
    }))

  it.effect("reads no further than it is asked to", () =>
    Effect.gen(function*() {
      let chunks = 0
      const endless = Stream.repeatEffect(Effect.sync(() => {
        chunks++
        return utf8("1,2\n".repeat(1000))
      }))
      const csv = Stream.concat(Stream.make(utf8("a,b\n")), endless)
      const records = yield* Stream.runCollect(Stream.take(readRecords(csv), 2500))
      assert.deepStrictEqual([records.length, chunks], [2500, 3])
    }))

  it.effect("passes a failure of the source on, after the rows before", () =>
    Effect.gen(function*() {
      const source = Stream.concat(Stream.make(utf8("a\n1\n2")), Stream.fail("broken"))
      const records: Array<string | undefined> = []
      const failure = yield* Effect.flip(
        Stream.runForEach(readRecords(source), ({ a }) => Effect.sync(() => records.push(a)))
      )
      assert.deepStrictEqual([failure, records], ["broken", ["1"]])
    }))
})

describe("Writing CSV", () => {
  it.effect("writes the columns of the first row, and quotes what has to be quoted", () =>
    Effect.gen(function*() {
      const rows = [
        { a: "x", b: 1.5, c: true, d: null, e: undefined },
        { b: 1e21, a: "a,b", c: "\"", d: "\n", e: "\r" },
        { a: " x" }
      ]
      assert.strictEqual(
        yield* write(rows),
        "a,b,c,d,e\nx,1.5,true,,\n\"a,b\",1e+21,\"\"\"\",\"\n\",\"\r\"\n\" x\",,,,\n"
      )
      assert.strictEqual(
        yield* write([{ a: "x", b: 1.5, c: true }], { delimiter: "tab", columns: ["b", "a", "c"] }),
        "b\ta\tc\n1.5\tx\ttrue\n"
      )
      assert.strictEqual(yield* write([{ a: "it's;" }], { delimiter: ";", quotechar: "'" }), "a\n'it''s;'\n")
      assert.strictEqual(yield* write([{ a: "" }, { a: null }]), "a\n\"\"\n\"\"\n")
      assert.strictEqual(yield* write([], { columns: ["a", "b"] }), "a,b\n")
    }))

  it.effect("writes UTF-8 and single-byte encodings", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* write([{ é: "€" }]), "\xc3\xa9\n\xe2\x82\xac\n")
      assert.strictEqual(yield* write([{ é: "€" }], { encoding: "cp1252" }), "\xe9\n\x80\n")
      assert.strictEqual(yield* write([{ é: "\u0080" }], { encoding: "latin_1" }), "\xe9\n\x80\n")
      assert.strictEqual(yield* write([{ д: "x" }], { encoding: "koi8-r" }), "\xc4\nx\n")
    }))

  it.effect("rejects what it would lose, with the row and the column", () =>
    Effect.gen(function*() {
      const lacks = "has a character that the encoding lacks"
      const values = "must be a string, a finite number, a boolean or null"
      const cases: ReadonlyArray<readonly [rows: ReadonlyArray<unknown>, options: object, problem: string]> = [
        [[{ a: 1 }, { a: 1, b: 2 }], {}, "rows[1].b is not a column of the header line"],
        [[{ a: 1 }, { a: 1, b: null }], {}, "rows[1].b is not a column of the header line"],
        [[{ a: 1, b: 2 }], { columns: ["a"] }, "rows[0].b is not a column of the header line"],
        [[{ a: 1 }, { constructor: 1 }], {}, "rows[1].constructor is not a column of the header line"],
        [[{ a: 1 }, { a: NaN }], {}, `rows[1].a ${values}`],
        [[{ a: {} }], {}, `rows[0].a ${values}`],
        [[{ a: 1 }, new Date(0)], {}, "rows[1] must have at least one column"],
        [[[1]], {}, "rows[0] must be an object with a value for each column"],
        [[{ a: "x", b: "x" }, { a: "é", b: "€" }], { encoding: "latin_1" }, `rows[1].b ${lacks}`],
        [[{ a: "é" }], { encoding: "ascii" }, `rows[0].a ${lacks}`],
        [[{ a: "\u0081" }], { encoding: "cp1252" }, `rows[0].a ${lacks}`],
        [[{ a: "\ud800" }], {}, `rows[0].a ${lacks}`],
        [[{ a: 1, "€": 1 }], { encoding: "latin_1" }, `columns[1] ${lacks}`],
        [[], {}, "rows must have at least one row"],
        [[], { columns: ["a", "a"] }, "columns columns 1 and 2 have the same name"],
        [[{ a: 1 }], { encoding: "klingon" }, "csvSettings.encoding is not an encoding that is known here"],
        [
          [{ a: 1 }],
          { delimiter: "ab" },
          "csvSettings.delimiter must be one ASCII character, but not a line break, or \"tab\""
        ]
      ]
      for (const [rows, options, problem] of cases) {
        // Boundary: JavaScript callers may pass any rows.
        assert.strictEqual(yield* Effect.flip(write(rows as Array<Record<string, CsvValue>>, options)), problem)
      }
      assert.strictEqual(yield* write([{ a: 1 }, { a: 2, b: undefined }]), "a\n1\n2\n")
    }))

  it.effect("rejects an encoding that it cannot write before it reads a row", () =>
    Effect.gen(function*() {
      for (const encoding of ["utf_16", "shift_jis", "gb18030"]) {
        const rows = Stream.fromEffect(Effect.die("a row was read"))
        const problem = yield* Effect.flip(Stream.runDrain(writeRecords(rows, { encoding })))
        assert.strictEqual(problem.message, "rows can be written as UTF-8 or a single-byte encoding")
      }
    }))

  it.effect("joins rows to pieces of about 64 KiB, and writes the rows before a problem", () =>
    Effect.gen(function*() {
      const rows = Array.from({ length: 20_000 }, (_, a) => ({ a, b: "b".repeat(9) }))
      const pieces: Array<Uint8Array> = []
      const source = Stream.fromIterable<Record<string, CsvValue>>([...rows, { c: 1 }])
      const problem = yield* Effect.flip(
        Stream.runForEach(writeRecords(source), (piece) => Effect.sync(() => pieces.push(piece)))
      )
      assert.strictEqual(problem.path, "rows[20000].c")
      const expected = `a,b\n${rows.map(({ a, b }) => `${a},${b}\n`).join("")}`
      assert.isTrue(Buffer.from(joined(pieces)).toString() === expected)
      assert.isTrue(pieces.slice(0, -1).every(({ length }) => length > 40_000 && length < 80_000))
      assert.isAbove(pieces.length, 3)
    }))

  it.effect("writes cells whose columns have the same name", () =>
    Effect.gen(function*() {
      const writeCells = yield* cellWriter
      assert.strictEqual(writeCells([["a", "a"], [null, "x,"]]), "a,a\n,\"x,\"\n")
    }))
})

describe("CSV that was written", () => {
  const special = ["a", "\"", "'", ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "", "\ufeff", "é"]
  const cell = FastCheck.array(FastCheck.constantFrom(...special, "€", "\u{1f600}"), { maxLength: 5 }).map((parts) =>
    parts.join("")
  )
  const westernCell = FastCheck.array(FastCheck.constantFrom(...special.filter((one) => one !== "\ufeff")), {
    maxLength: 5
  })
    .map((parts) => parts.join(""))
  const settings = FastCheck.record({
    delimiter: FastCheck.constantFrom(",", ";", "tab", "|", " ", "a"),
    quotechar: FastCheck.constantFrom("\"", "'")
  })
  const tableOf = (cell: FastCheck.Arbitrary<string>) =>
    FastCheck.tuple(
      FastCheck.uniqueArray(FastCheck.oneof(cell, FastCheck.constant("__proto__")), { minLength: 1, maxLength: 4 }),
      FastCheck.array(FastCheck.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    ).map(([names, rows]) => rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""]))))
  const table = FastCheck.oneof(
    FastCheck.tuple(tableOf(cell), FastCheck.constantFrom("utf-8", "utf_8_sig")),
    FastCheck.tuple(tableOf(westernCell), FastCheck.constantFrom("latin_1", "cp1252", "iso8859_15"))
  )
  const lengths = FastCheck.array(FastCheck.nat(7), { maxLength: 40 })

  it.effect.prop(
    "is read as the same records, with any settings and however its bytes are split",
    [table, settings, lengths],
    ([[rows, encoding], dialect, lengths]) =>
      Effect.gen(function*() {
        const pieces = yield* Stream.runCollect(writeRecords(Stream.fromIterable(rows), { ...dialect, encoding }))
        const found = yield* read(joined(pieces), { ...dialect, encoding }, lengths)
        assert.deepStrictEqual(found, { records: rows, problem: undefined })
      })
  )

  it.effect.prop(
    "is read the same however its bytes are split, if it is damaged",
    [FastCheck.array(FastCheck.constantFrom("a", "\"", ",", "\n", "\r", "é"), { maxLength: 30 }), lengths],
    ([parts, lengths]) =>
      Effect.gen(function*() {
        const csv = `a,b\n${parts.join("")}`
        assert.deepStrictEqual(yield* read(csv, {}, lengths), yield* read(csv))
      })
  )
})
