/** Bounds the memory that the rows of batch predictions take. */
import { type Content, dropShown, dropTaken, sizeOf } from "./content.js"
import { isOver } from "./job.js"
import type { Entry } from "./queue.js"

/** Maximum size of the rows of one job, and of all jobs, in bytes. */
export const maxPerJob = 64 * 1024 * 1024
export const maxInTotal = 4 * maxPerJob

/**
 * Makes room for `size` more bytes of a job. Deletes the results of the jobs that were over first, if all jobs together
 * are too large, and drops what the downloads of the job have taken. Returns whether there is room now.
 */
export const makeRoom = (
  all: ReadonlyArray<Entry>,
  entry: Entry,
  size: number,
  deleteResults: (entry: Entry) => void
): boolean => {
  const { content } = entry
  if (content === undefined) return false
  let total = all.reduce((sum, one) => sum + (one.content?.kept ?? 0), 0)
  for (const other of all) {
    if (total + size <= maxInTotal) break
    const kept = other.content?.kept ?? 0
    if (!isOver(other.job) || kept === 0 || (other.content?.downloads.size ?? 0) > 0) continue
    deleteResults(other)
    total -= kept
  }
  // A piece that is larger than the maximum must pass, too.
  const fits = () => content.kept === 0 || (content.kept + size <= maxPerJob && total + size <= maxInTotal)
  if (fits()) return true
  const before = content.kept
  dropTaken(content)
  discard(entry)
  total -= before - content.kept
  return fits()
}

/**
 * Drops the rows that show if they cannot be downloaded any more: the start of the results was dropped, and no download
 * is going on.
 */
export const discard = (entry: Entry): void => {
  const { content, job } = entry
  if (content === undefined || content.dropped === 0 || content.downloads.size > 0) return
  content.discards = true
  dropShown(content)
  entry.job = { ...job, hasResults: false, resultsDeleted: true }
}

/** Removes the rows that do not show, because the job is over. */
export const keepShown = (content: Content): void => {
  for (const piece of content.pieces.splice(content.shown)) if (piece !== undefined) content.kept -= sizeOf(piece)
  for (const source of content.sources) {
    for (const piece of source.pending) content.kept -= sizeOf(piece)
  }
  content.sources = []
}
