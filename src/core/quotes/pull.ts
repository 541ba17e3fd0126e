/** Chooses the few quotes that a card shows. */
import type { Quote } from '../model.ts'
import { isDangling } from '../sentences/dangling.ts'
import { termsOf } from '../signature/terms.ts'
import { wordCountOf } from './tokens.ts'

/** What the quotes are to stand beside; what is not told does not count. */
type PullWish = Readonly<{
  max: number
  /** The headline: a quote that it holds already says nothing new. */
  title?: string
  /** What the article is about, in the form of `termsOf`, the weightiest first. */
  about?: readonly string[]
  /** What the reader follows, as the text spells it. */
  topic?: readonly string[]
  /** Quotes that are shown already: their speakers come after others, and their words are not shown again. */
  besides?: readonly Pick<Quote, 'text' | 'speaker'>[]
}>

/** Shorter is a fragment that needs its sentence. */
const WORDS_MIN = 6
/** What a card shows without a cut; longer ones are taken only when nothing else is there. */
const CHARS_PREFERRED_MAX = 240
/** Words of a quote that reads at a glance and still says something. */
const WORDS_BEST_MIN = 10
const WORDS_BEST_MAX = 32

// What a quote is worth, in the measure of "a sentence of its own reads better than the end of one".
const WHOLE = 1
const TOO_LONG = -4
const SHORT_WORD = -0.25
const LONG_WORD = -0.03
/** A quote ten places further down must be this much better. */
const PLACE = -0.12
const SETTING = 0.1
/** "It was late", "He knew": the reader asks who. */
const DANGLES = -0.5
/** Each of the first three words that the article is about. */
const WEIGHTY_WORD = 0.2
const WEIGHTY_WORDS_MAX = 3
const ON_TOPIC = 0.4
/** The card's largest letters have said it. */
const IN_TITLE = -3
/** Each quote already taken of the same person costs so much: first every voice, then seconds. */
const SAME_VOICE = -3
/** Somebody else's answer to what is shown. */
const REPLY = 0.6

/** Two that share more of the shorter one's words say the same. */
const SHARED_MAX = 0.7

/** Up to `max` quotes to show, in reading order: somebody named said them, six words or more, at most 240 characters where there are
 *  any such; as many different speakers as there are, a claim and its reply; self-contained, about what the article is about, not
 *  what the headline says; earlier ones first where all else is equal. */
export function pullQuotes(quotes: readonly Quote[], wish: PullWish): readonly Quote[] {
  const { max, besides = [] } = wish
  const worth = worthFor(wish)
  const able = quotes
    .map((quote, place) => ({ ...candidateOf(quote), quote, place, worth: worth(quote) + place * PLACE }))
    .filter(({ quote }) => isPullable(quote))
  const shown = besides.map(candidateOf)
  const taken = new Set<number>()
  while (taken.size < max) {
    let best: (typeof able)[number] | undefined
    let bestWorth = Number.NEGATIVE_INFINITY
    for (const one of able) {
      if (taken.has(one.place) || shown.some((other) => saysTheSame(one, other))) continue
      const here = one.worth + besideOthers(one, shown)
      if (here > bestWorth) [best, bestWorth] = [one, here]
    }
    if (!best) break
    taken.add(best.place)
    shown.push(best)
  }
  return able.filter(({ place }) => taken.has(place)).map(({ quote }) => quote)
}

type Candidate = Readonly<{ terms: ReadonlySet<string>; voice: string; replies: boolean }>

function candidateOf(quote: Pick<Quote, 'text' | 'speaker' | 'cue'>): Candidate {
  const { text, speaker, cue = '' } = quote
  return { terms: new Set(termsOf(text)), voice: speaker?.name ?? '', replies: REPLYING.test(cue) }
}

/** "replied", "rejected", in eight languages; by stems. */
const REPLYING =
  /^(?:repl|respond|retort|rejoin|counter|shot|answer|reject|den(?:y|ied)|dismiss|disput|object|disagre|antwort|entgegn|widers|wies|erwider|konter|répond|répliqu|rétorqu|respond|replic|contest|odpowied|odpar|ripost|відпові|заперечи|відкин|ответи|возрази|отверг|yanıtla|cevap)/iu

function isPullable({ speaker, text }: Quote): boolean {
  return speaker !== undefined && wordCountOf(text) >= WORDS_MIN
}

function saysTheSame({ terms: one }: Candidate, { terms: other }: Candidate): boolean {
  const smaller = Math.min(one.size, other.size)
  return smaller > 0 && sharedBy(one, other) > smaller * SHARED_MAX
}

function sharedBy(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0
  for (const term of one) if (other.has(term)) shared++
  return shared
}

function besideOthers({ voice, replies }: Candidate, shown: readonly Candidate[]): number {
  const same = shown.filter((other) => other.voice === voice).length
  return same * SAME_VOICE + (replies && same === 0 && shown.length > 0 ? REPLY : 0)
}

function worthFor({ title = '', about = [], topic = [] }: PullWish): (quote: Quote) => number {
  const inTitle = new Set(termsOf(title))
  const weighty = new Set(about)
  const followed = new Set(topic.flatMap(termsOf))
  return ({ text, setting }) => {
    const terms = new Set(termsOf(text))
    const repeated = terms.size > 0 && sharedBy(terms, inTitle) > terms.size * SHARED_MAX
    return (
      lengthWorth(text) +
      (/^\p{Lu}/u.test(text) ? WHOLE : 0) +
      (isDangling(text) ? DANGLES : 0) +
      Math.min(WEIGHTY_WORDS_MAX, sharedBy(terms, weighty)) * WEIGHTY_WORD +
      (sharedBy(terms, followed) > 0 ? ON_TOPIC : 0) +
      (repeated ? IN_TITLE : 0) +
      (setting === undefined ? 0 : SETTING)
    )
  }
}

function lengthWorth(text: string): number {
  const words = wordCountOf(text)
  const tooLong = text.length > CHARS_PREFERRED_MAX ? TOO_LONG : 0
  return tooLong + Math.max(0, WORDS_BEST_MIN - words) * SHORT_WORD + Math.max(0, words - WORDS_BEST_MAX) * LONG_WORD
}
