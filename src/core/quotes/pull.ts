/** Chooses the few quotes that a card shows. */
import type { Quote } from '../model.ts'
import { wordCountOf } from './tokens.ts'

/** Shorter is a fragment that needs its sentence. */
const WORDS_MIN = 6
/** What a card shows without a cut; longer ones are taken only when nothing else is there. */
const CHARS_PREFERRED_MAX = 240
/** Words of a quote that reads at a glance and still says something. */
const WORDS_BEST_MIN = 10
const WORDS_BEST_MAX = 32
/** A quote ten places further down must be this much better. */
const PLACE_WEIGHT = 0.12
/** Each quote already taken of the same person costs so much: first every voice, then seconds. */
const SAME_VOICE_COST = 3

/** Up to `max` quotes to show, in reading order: somebody named said them, six words or more, at most 240 characters where
 *  there are any such, as many different speakers as there are, earlier ones first. */
export function pullQuotes(quotes: readonly Quote[], max: number): readonly Quote[] {
  const able = quotes
    .map((quote, place) => ({ quote, place, worth: worthOf(quote, place) }))
    .filter(({ quote }) => isPullable(quote))
  const taken = new Set<number>()
  const voices = new Map<string, number>()
  while (taken.size < Math.min(max, able.length)) {
    let best: (typeof able)[number] | undefined
    let bestWorth = Number.NEGATIVE_INFINITY
    for (const one of able) {
      const worth = one.worth - SAME_VOICE_COST * (voices.get(one.quote.speaker?.name ?? '') ?? 0)
      if (!taken.has(one.place) && worth > bestWorth) [best, bestWorth] = [one, worth]
    }
    if (!best) break
    taken.add(best.place)
    const name = best.quote.speaker?.name ?? ''
    voices.set(name, (voices.get(name) ?? 0) + 1)
  }
  return able.filter(({ place }) => taken.has(place)).map(({ quote }) => quote)
}

function isPullable({ speaker, text }: Quote): boolean {
  return speaker !== undefined && wordCountOf(text) >= WORDS_MIN
}

function worthOf({ text, setting }: Quote, place: number): number {
  const words = wordCountOf(text)
  const length =
    words < WORDS_BEST_MIN
      ? -(WORDS_BEST_MIN - words) * 0.25
      : words > WORDS_BEST_MAX
        ? -(words - WORDS_BEST_MAX) * 0.03
        : 0
  const whole = /^\p{Lu}/u.test(text) ? 1 : 0 // a sentence of its own reads better than the end of one
  const tooLong = text.length > CHARS_PREFERRED_MAX ? 4 : 0
  return length + whole - tooLong - place * PLACE_WEIGHT + (setting === undefined ? 0 : 0.1)
}
