/** MinHash (Broder 1997): the share of equal places in two lists estimates the Jaccard index of the sets behind them. */

/** Standard error of the estimate at one half: 1 / (2 * sqrt(64)) = 0.06. */
const HASHES = 64
/** FNV-1a, 32 bits. */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
/** The golden ratio's fraction: spreads the seeds of the hash functions. */
const SEED_STEP = 0x9e3779b9

/** The smallest hash of all runs of `size` neighbouring words, one for each hash function: unsigned 32-bit numbers.
 *  Words must be fewer than a few thousand for it to take under 10 ms; there must be at least `size`. */
export function minHash(words: readonly string[], size: number): readonly number[] {
  const smallest = new Uint32Array(HASHES).fill(0xffffffff)
  const hashes = words.map(hashOf)
  for (let first = 0; first + size <= hashes.length; first++) {
    let run = FNV_OFFSET
    for (let i = first; i < first + size; i++) run = Math.imul(run ^ (hashes[i] ?? 0), FNV_PRIME) ^ (run >>> 15)
    for (let k = 0; k < HASHES; k++) {
      const value = mixed(run ^ Math.imul(k + 1, SEED_STEP))
      if (value < (smallest[k] ?? 0)) smallest[k] = value
    }
  }
  return [...smallest]
}

/** Share of equal places, 0 to 1. */
export function sharedPlaces(a: readonly number[], b: readonly number[]): number {
  const places = Math.min(a.length, b.length)
  if (places === 0) return 0
  let equal = 0
  for (let i = 0; i < places; i++) if (a[i] === b[i]) equal++
  return equal / places
}

function hashOf(word: string): number {
  let hash = FNV_OFFSET
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), FNV_PRIME)
  return hash >>> 0
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
function mixed(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
