/** "Did you mean": the nearest of some names to what was typed. */
import { normalize } from './words.ts'

/** Names longer than this are compared by their beginning. */
const NAME_CHARS_MAX = 60

/** @returns those within a third of the typed length in edits (Levenshtein), as a whole or one of their words, or that hold what
 *  was typed; nearest first. Case and accents do not count. */
export function nearest(typed: string, names: readonly string[], max: number): readonly string[] {
  const wanted = normalize(typed).trim().slice(0, NAME_CHARS_MAX)
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  return [...new Set(names)]
    .map((name) => ({ name, form: normalize(name).slice(0, NAME_CHARS_MAX) }))
    .map(({ name, form }) => ({ name, form, off: Math.min(...[form, ...form.split(' ')].map(offFrom(wanted))) }))
    .filter(({ form, off }) => off <= limit || (wanted.length > 2 && form.includes(wanted)))
    .sort((a, b) => a.off - b.off)
    .slice(0, max)
    .map(({ name }) => name)
}

const offFrom =
  (wanted: string) =>
  (form: string): number =>
    distance(wanted, form)

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
