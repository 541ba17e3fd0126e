const DISTANCE_MAX = 3 // further away it is another word

/** The known word that a mistyped one most likely means: at most three letters added, dropped, changed or swapped, and fewer than
 *  half of it. Optimal string alignment distance (Damerau and Levenshtein). */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  let best: { word: string; distance: number } | undefined
  for (const word of known) {
    const distance = distanceOf(typed.toLowerCase(), word.toLowerCase())
    if (distance > DISTANCE_MAX || distance * 2 > word.length) continue
    if (!best || distance < best.distance) best = { word, distance }
  }
  return best?.word
}

function distanceOf(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > DISTANCE_MAX) return DISTANCE_MAX + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? 0
}
