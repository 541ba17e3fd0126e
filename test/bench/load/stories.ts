/** Invented news of the size of real news, the words that people follow, and who follows them: the same in every process for a seed. */
import { randomOf } from '../../flow/random.ts'

export type LoadSize = Readonly<{ subscriptions: number; servers: number; channels: number; feeds: number }>

/** The goal (issue 6): 50,000 subscriptions; a server may have 200, and a channel of ours serves ten of them. */
export const SIZE: LoadSize = { subscriptions: 50_000, servers: 500, channels: 5_000, feeds: 70 }
/** A story reaches a hundred channels at the most, and seventeen of them in the mean: at 100,000 stories a day 20 posts a second. */
export const FAN_MAX = 100
const FAN_MEAN = 17.3

/** A word that people follow, and how many subscriptions do. */
export type Subject = Readonly<{ word: string; fan: number; first: number }>

/** Few subjects are followed by many: 1 to 100 with the mean that makes the goal's posts. Their subscriptions lie one after another. */
export function subjectsOf({ subscriptions }: Pick<LoadSize, 'subscriptions'>): readonly Subject[] {
  const random = randomOf(6)
  const subjects: Subject[] = []
  for (let first = 0; first < subscriptions; ) {
    const drawn = Math.min(FAN_MAX, Math.ceil(-Math.log(1 - random()) * FAN_MEAN))
    const fan = Math.min(drawn, subscriptions - first)
    subjects.push({ word: nameOf(subjects.length), fan, first })
    first += fan
  }
  return subjects
}

const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'he', 'ka', 'lo', 'mi', 'nu', 're', 'sa', 'to', 'vi', 'wu', 'ze', 'pa']

/** A word that no other number makes; those of the vocabulary end otherwise. */
function nameOf(n: number): string {
  return `${syllables(n, 4)}x`
}
function syllables(n: number, count: number): string {
  return Array.from({ length: count }, (_, at) => SYLLABLES[(n >> (4 * at)) & 15] ?? '').join('')
}

const VOCABULARY = 30_000
const NAMES = 20_000
/** Half of an English text is words that tell nothing; of the others none is in most texts. */
const COMMONEST = 50
const FUNCTION_WORDS =
  'the of and to in a is that for it on was with as at by from be are this an have not they which'.split(' ')
const PARAGRAPHS = 12
const WORDS_A_PARAGRAPH = 55
/** People, places and things that a report names again and again: by them it is told from others. */
const NAMES_A_STORY = 8

/** Few are common, most are rare, as Zipf found. */
function rankOf(random: () => number, count: number): number {
  return Math.floor(COMMONEST * (count / COMMONEST) ** random())
}
function wordOf(random: () => number): string {
  if (random() < 0.5) return FUNCTION_WORDS[Math.floor(random() ** 2 * FUNCTION_WORDS.length)] ?? 'the'
  const rank = rankOf(random, VOCABULARY)
  return syllables(Math.imul(rank, 0x9e37) >>> 0, 2 + (rank % 3))
}

export type LoadStory = Readonly<{ title: string; paragraphs: readonly string[]; names: readonly string[] }>

/** @param n - the story's number: its text follows from it */
export function storyOf(n: number, { word }: Pick<Subject, 'word'>): LoadStory {
  const random = randomOf(n + 1)
  const some = (count: number): string[] => Array.from({ length: count }, () => wordOf(random))
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
  const names = Array.from({ length: NAMES_A_STORY }, () => capital(`${syllables(rankOf(random, NAMES) * 7, 4)}r`))
  const [person, family, place] = names
  const paragraphs = Array.from({ length: PARAGRAPHS }, (_, at) => {
    const words = some(WORDS_A_PARAGRAPH)
    if (at === 0) words[9] = word
    for (let end = 13; end < words.length; end += 14) words[end] = `${words[end]}.`
    for (const [n, name] of names.entries()) if ((at + n) % 3 === 0) words[3 + 6 * n] = name
    const text = `${capital(words.join(' '))}.`
    return at % 4 === 1
      ? `“${capital(words.slice(0, 14).join(' '))},” said ${person} ${family} of ${place}. ${text}`
      : text
  })
  return { title: `${names.slice(0, 3).join(' ')} ${some(5).join(' ')} ${n}`, paragraphs, names }
}

/** As sites are: a tenth of a page is its text. */
export function pageOf({ title, paragraphs }: LoadStory): string {
  const link =
    '<li><a class="menu__link menu__link--quiet" href="/section/of/the/paper">A section of the paper</a></li>'
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')
  return `<!doctype html><html lang="en"><head><title>${title}</title><style>${'.a{margin:0 auto;padding:1px}'.repeat(400)}</style></head>
<body><nav><ul>${link.repeat(120)}</ul></nav><main><article><h1>${title}</h1>${text}</article></main>
<footer><ul>${link.repeat(80)}</ul></footer><script>${'var a=function(b){return b+1};'.repeat(400)}</script></body></html>`
}
