const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`

/**
 * Writes all other characters as escapes. They occur only inside of texts and patterns. V8 reads a file with only ASCII
 * faster, and keeps it in half of the memory.
 */
export const asciiOnly = {
  name: "ascii-only",
  generateBundle(_: unknown, bundle: Readonly<Record<string, { code?: string }>>) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.code !== undefined) chunk.code = chunk.code.replace(/[^\x00-\x7F]/g, escaped)
    }
  }
}
