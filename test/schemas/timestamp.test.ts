/** Timestamps in the formats that DataRobot uses. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Equal from "effect/Equal"
import * as FastCheck from "effect/FastCheck"
import * as Hash from "effect/Hash"
import * as Schema from "effect/Schema"
import { deepStrictEqual } from "node:assert"
import { inspect } from "node:util"
import { NaiveTimestamp, OffsetTimestamp, parseTimestamp, Timestamp } from "../../src/wire/timestamp.js"

const grammar = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** Reference implementation with a regular expression and JavaScript's Date. */
const byGrammar = (text: string): number | undefined => {
  const parts = grammar.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "0", zone = "Z"] = parts
  const offset = zone === "Z" ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const utc = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}`
  const date = new Date(`${utc}Z`)
  // Date rejects a field out of range, or rolls it over.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(utc)) return undefined
  const there = Date.parse(utc + offset)
  return Number.isNaN(there) ? undefined : there
}

/** A timestamp, possibly with some characters changed. */
const almost = FastCheck.tuple(
  FastCheck.constantFrom(
    "2018-04-23 05:09:41.405000",
    "2018-04-22 14:28:53.169727+00:00",
    "2020-02-29T15:06:08.000000Z",
    "1900-02-28",
    "0000-12-31 23:59",
    "2400-06-30T10:30:15+0530"
  ),
  FastCheck.array(
    FastCheck.tuple(FastCheck.nat(33), FastCheck.nat(2), FastCheck.constantFrom(..."0123456789T Z:.+-x/", "")),
    { maxLength: 2 }
  )
).map(([text, changes]) =>
  changes.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), text)
)

const iso = (text: string) => {
  const millis = parseTimestamp(text)
  return millis === undefined ? undefined : new Date(millis).toISOString()
}

describe("parseTimestamp", () => {
  for (
    const [text, expected] of [
      ["2018-04-23 05:09:41.405000", "2018-04-23T05:09:41.405Z"],
      ["2018-04-22 14:28:53.169727+00:00", "2018-04-22T14:28:53.169Z"],
      ["2020-01-14T15:06:08.000000Z", "2020-01-14T15:06:08.000Z"],
      ["2017-01-01", "2017-01-01T00:00:00.000Z"],
      ["2017-01-01T10:30", "2017-01-01T10:30:00.000Z"],
      ["2017-01-01 10:30:15", "2017-01-01T10:30:15.000Z"],
      ["2017-01-01T10:30:15.5Z", "2017-01-01T10:30:15.500Z"],
      ["2017-01-01T10:30:15.999999999Z", "2017-01-01T10:30:15.999Z"],
      ["2017-01-01T10:30:15+02:00", "2017-01-01T08:30:15.000Z"],
      ["2017-01-01T10:30:15+0530", "2017-01-01T05:00:15.000Z"],
      ["2017-01-01T22:30:15-02:30", "2017-01-02T01:00:15.000Z"],
      ["2016-02-29", "2016-02-29T00:00:00.000Z"],
      ["2000-02-29", "2000-02-29T00:00:00.000Z"],
      ["0001-01-01", "0001-01-01T00:00:00.000Z"],
      ["0099-12-31", "0099-12-31T00:00:00.000Z"]
    ] as const
  ) {
    it(`reads ${text}`, () => {
      assert.strictEqual(iso(text), expected)
    })
  }

  for (
    const text of [
      "",
      "yesterday",
      "2017",
      "2017-01",
      "2017-1-1",
      "2017-00-10",
      "2017-13-01",
      "2017-02-29",
      "2018-02-30",
      "1900-02-29",
      "2017-04-31",
      "2017-01-00",
      "2017-01-32",
      "2017-01-01T24:00:00Z",
      "2017-01-01T10:60:00Z",
      "2017-01-01T10:30:60Z",
      "2017-01-01T10",
      "2017-01-01T10:30:15.",
      "2017-01-01T10:30:15.1234567890Z",
      "2017-01-01T10:30:15+2:00",
      "2017-01-01T10:30:15+24:00",
      "2017-01-01T10:30:15+02:60",
      "2017-01-01T10:30:15+02",
      "2017-01-01Z",
      "2017-01-01T10:30:15z",
      " 2017-01-01",
      "2017-01-01\n",
      "2017/01/01",
      "1483228800000",
      "2017-01-01T10:30:15Z trailing words that are long"
    ]
  ) {
    it(`rejects ${JSON.stringify(text)}`, () => {
      assert.strictEqual(parseTimestamp(text), undefined)
    })
  }

  it.prop(
    "rejects a text that is too long (S-6)",
    [FastCheck.integer({ min: 41, max: 1_000_000 })],
    ([length]) => {
      assert.strictEqual(parseTimestamp("2017-01-01T10:30:15.".padEnd(length, "1")), undefined)
    }
  )
})

describe("A timestamp", () => {
  const moment = FastCheck.date({ min: new Date("0001-01-01"), max: new Date("9998-12-31"), noInvalidDate: true }).map((
    date
  ) => DateTime.unsafeMake(date))

  for (
    const [name, schema, form] of [
      ["without a zone", NaiveTimestamp, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}000$/],
      ["with a Z", Timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}000Z$/],
      ["with an offset", OffsetTimestamp, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}000\+00:00$/]
    ] as const
  ) {
    const encode = Schema.encodeSync(schema)
    const decode = Schema.decodeSync(schema)

    it.prop(`${name} is written in its format and read back unchanged`, [moment], ([at]) => {
      const text = encode(at)
      assert.match(text, form)
      assert.strictEqual(DateTime.toEpochMillis(decode(text)), DateTime.toEpochMillis(at))
    })
  }

  it.prop("means the same time in all three formats", [moment], ([at]) => {
    const text = DateTime.formatIso(at)
    const forms = [Schema.encodeSync(NaiveTimestamp)(at), Schema.encodeSync(OffsetTimestamp)(at), text]
    assert.deepStrictEqual(new Set(forms.map(parseTimestamp)), new Set([DateTime.toEpochMillis(at)]))
  })

  it.prop(
    "with an offset is earlier or later by that offset",
    [moment, FastCheck.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 })],
    ([at, minutes]) => {
      const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0")
      const offset = `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
      assert.strictEqual(
        parseTimestamp(DateTime.formatIso(at).replace("Z", offset)),
        DateTime.toEpochMillis(at) - minutes * 60_000
      )
    }
  )

  it.prop("is parsed as by a regular expression", [almost], ([text]) => {
    assert.strictEqual(parseTimestamp(text), byGrammar(text))
  }, { fastCheck: { numRuns: 2_000 } })

  it.prop("decodes to the same date that DateTime makes", [moment], ([at]) => {
    const date = Schema.decodeSync(Timestamp)(DateTime.formatIso(at))
    // Node's comparison also compares prototypes.
    deepStrictEqual(date, at)
    assert.isTrue(DateTime.isDateTime(date) && DateTime.isUtc(date) && Equal.equals(date, at) && Equal.equals(at, date))
    assert.strictEqual(Hash.hash(date), Hash.hash(at))
    const texts = (date: DateTime.Utc) => [String(date), JSON.stringify(date), inspect(date), DateTime.formatIso(date)]
    assert.deepStrictEqual(texts(date), texts(at))
    deepStrictEqual(DateTime.toPartsUtc(date), DateTime.toPartsUtc(at))
    deepStrictEqual(DateTime.toPartsUtc(date), DateTime.toPartsUtc(at))
    deepStrictEqual(DateTime.add(date, { months: 1 }), DateTime.add(at, { months: 1 }))
    deepStrictEqual(
      DateTime.unsafeSetZoneNamed(date, "Asia/Tokyo").pipe(DateTime.toParts),
      DateTime.unsafeSetZoneNamed(at, "Asia/Tokyo").pipe(DateTime.toParts)
    )
  })
})
