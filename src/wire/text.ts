/** Messages are one line of at most 2 KiB (S-5), so that a server's text cannot forge lines in a log. */
export const maxLine = 2048

/** Converts text to one line: replaces control characters and line separators with spaces, and truncates it. */
export const oneLine = (text: string, max: number = maxLine): string => {
  // Truncate before replacing, to bound the work.
  const line = text.slice(0, max + 1).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ")
  return line.length > max ? `${line.slice(0, max - 1).trim()}…` : line.trim()
}

/** Whether a value is a JSON object: not null, not an array. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
