/** Messages are one line of at most 2 KiB (S-5): a server's text must not be able to forge lines in a log. */
const maxLength = 2048

/** The text in one line: control characters and line separators become spaces, what is too long is cut. */
export const oneLine = (text: string, max: number = maxLength): string => {
  // cut before replacing, so that the work is bounded too
  const line = text.slice(0, max + 1).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ")
  return line.length > max ? `${line.slice(0, max - 1).trim()}…` : line.trim()
}

/** A record of JSON: not null, not an array. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
