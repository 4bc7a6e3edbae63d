/** Schedules: the times at which a definition starts batch predictions, in UTC. Times are epoch milliseconds. */
import { dayNames, monthNames, type Schedule } from "../../wire/batchPredictionDefinition.js"

const minute = 60_000
const day = 24 * 60 * minute

/** February 29 may be eight years away. */
const longestSearch = 9 * 366

type Part = Schedule[keyof Schedule]

/** The numbers of one part, or undefined for all. `first` is the number of the first name. */
const numbersOf = (part: Part, names: ReadonlyArray<string> = [], first = 0): ReadonlySet<number> | undefined =>
  part[0] === "*" ? undefined : new Set(
    part.map((value) =>
      typeof value === "number" ? value : first + names.findIndex((name) => name.startsWith(value.toLowerCase()))
    )
  )

const inOrder = (part: Part, most: number): ReadonlyArray<number> =>
  Array.from({ length: most + 1 }, (_, value) => value).filter((value) => numbersOf(part)?.has(value) ?? true)

/** The times of a day, as milliseconds after its start. */
const timesOfDay = (schedule: Schedule): ReadonlyArray<number> =>
  inOrder(schedule.hour, 23).flatMap((hour) => inOrder(schedule.minute, 59).map((one) => (hour * 60 + one) * minute))

/** Whether a day is in a schedule. If days of the month and of the week are listed, one of the two is enough. */
const isDay = ({ dayOfMonth, dayOfWeek, month }: Schedule) => {
  const months = numbersOf(month, monthNames, 1)
  const days = numbersOf(dayOfMonth)
  const weekdays = numbersOf(dayOfWeek, dayNames)
  return (start: number): boolean => {
    const date = new Date(start)
    if (months?.has(date.getUTCMonth() + 1) === false) return false
    const [isInMonth, isInWeek] = [days?.has(date.getUTCDate()), weekdays?.has(date.getUTCDay())]
    return isInMonth === undefined || isInWeek === undefined
      ? isInMonth !== false && isInWeek !== false
      : isInMonth || isInWeek
  }
}

const startOfDay = (time: number) => Math.floor(time / day) * day

/** Returns the first time of a schedule after a time, or undefined if there is none. */
export const nextTime = (schedule: Schedule, after: number): number | undefined => {
  const isIn = isDay(schedule)
  const times = timesOfDay(schedule)
  for (let days = 0; days <= longestSearch; days++) {
    const start = startOfDay(after) + days * day
    const time = isIn(start) ? times.find((one) => start + one > after) : undefined
    if (time !== undefined) return start + time
  }
  return undefined
}

/** Returns the last times of a schedule after a time and up to another one, oldest first, at most `most`. */
export const lastTimes = (schedule: Schedule, after: number, until: number, most: number): ReadonlyArray<number> => {
  const isIn = isDay(schedule)
  const times = timesOfDay(schedule)
  const found: Array<number> = []
  for (let start = startOfDay(until); start + day > after && found.length < most; start -= day) {
    if (!isIn(start)) continue
    const ofDay = times.map((one) => start + one).filter((time) => time > after && time <= until)
    found.unshift(...ofDay.slice(Math.max(0, ofDay.length - (most - found.length))))
  }
  return found
}
