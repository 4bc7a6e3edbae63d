/** Hashes a text to a whole number from 0 to 2³² - 1 (FNV-1a). */
export const hash = (text: string): number => {
  let hashed = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hashed = Math.imul(hashed ^ text.charCodeAt(index), 0x01000193)
  }
  return hashed >>> 0
}
