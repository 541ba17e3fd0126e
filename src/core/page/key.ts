/** Letters and digits only, in lower case: texts that a reader would call the same have the same key. */
export function wordsKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
