/** One person under several spellings: names of any script brought to one rough Latin form. */
import { GIVEN_NAMES, LETTERS } from './people/letters.ts'
import { searchForm } from './words.ts'

/** "schtsch", the longest way to write one letter. */
const GROUP_CHARS = [7, 6, 5, 4, 3, 2, 1]
/** Shorter words agree by chance once their spelling is rough. */
const ROUGH_CHARS_MIN = 3

const UNPARTED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** The key under which spellings of one person's name come together, whatever their script: "Olena Shevtsiv", "Олена Шевців", "Olena
 *  Schewziw". First and last name count, a given name stands for its forms in other languages; both must agree, since a wrong merge
 *  puts words into somebody's mouth.
 *  @returns rough words joined by a space, or '' for a name without letters */
export function personKey(name: string): string {
  const words = searchForm(name).split(' ').filter(Boolean)
  if (UNPARTED.test(name)) return words.join(' ') // its characters are no words
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return ''
  return words.length === 1 ? rough(first) : `${GIVEN_NAMES.get(rough(first)) ?? rough(first)} ${rough(last)}`
}

/** Whether what was typed, in any script and even unfinished, may mean this name. */
export function isNamed(name: string, typed: string): boolean {
  const wanted = searchForm(typed)
  if (wanted === '' || searchForm(name).includes(wanted)) return true
  const key = roughWords(typed)
  return key.length >= ROUGH_CHARS_MIN && ` ${personKey(name)}`.includes(` ${key}`)
}

/** What was typed, as it would begin a person's key; '' where it is too short to tell. */
export function roughWords(typed: string): string {
  const words = searchForm(typed).split(' ').filter(Boolean)
  const key = words.length > 1 ? personKey(typed) : rough(words[0] ?? '')
  return key.length >= ROUGH_CHARS_MIN ? key : ''
}

/** A name's word without what languages write differently: z and s, w and v, y and i, h and g, doubled letters, an ending in -y. */
function rough(word: string): string {
  let latin = ''
  for (let at = 0; at < word.length; ) {
    const found = GROUP_CHARS.map((length) => word.slice(at, at + length)).find((part) => LETTERS.has(part))
    latin += found === undefined ? word.charAt(at) : LETTERS.get(found)
    at += found?.length ?? 1
  }
  const plain = latin.replace(/i+(?=[aeou])/g, '').replace(/(.)\1+/gu, '$1')
  return plain.length > ROUGH_CHARS_MIN ? plain.replace(/i+$/, '') : plain
}

type Spelling = Readonly<{ person: string; name: string; count: number }>

/** One row a person, most quoted first, by the spelling that was typed where there is one, else by the commonest.
 *  @param spellings - commonest first */
export function oneAPerson(
  spellings: readonly Spelling[],
  typed: string,
): readonly Readonly<{ name: string; quotes: number }>[] {
  const wanted = searchForm(typed)
  return [...Map.groupBy(spellings, ({ person }) => person).values()]
    .map((rows) => {
      const own = rows.find(({ name }) => searchForm(name).includes(wanted)) ?? rows[0]
      return { name: own?.name ?? '', quotes: rows.reduce((sum, { count }) => sum + count, 0) }
    })
    .toSorted((a, b) => b.quotes - a.quotes)
}
