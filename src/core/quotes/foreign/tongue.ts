/** What a language gives to the search for speakers. Data only; the tables lie in `tongues/`. */

export type Gender = 'm' | 'f' | ''

export type Tongue = Readonly<{
  code: 'de' | 'es' | 'fr' | 'pl' | 'ru' | 'tr' | 'uk'
  /** Forms of verbs that give words to their subject, lower case. */
  verbs: ReadonlySet<string>
  /** Of these the forms that nobody in particular does: "heißt es", "йдеться", "belirtildi". */
  impersonal: ReadonlySet<string>
  /** Ends of forms in the plural, which no single person does. */
  plural: RegExp | undefined
  /** Which gender a form has: "сказала", "powiedziała". */
  verbGender: (verb: string) => Gender
  /** "she", in the nominative. */
  pronouns: ReadonlyMap<string, Gender>
  /** "According to": words, lower case, after which the speaker's name stands. */
  according: readonly (readonly string[])[]
  /** The same behind the name: "zufolge", "göre". */
  accordingBehind: ReadonlySet<string>
  /** Offices, jobs and titles, with the gender that the word tells. */
  roles: ReadonlyMap<string, Gender>
  /** The same as the end of a compound ("Umwelt|minister"), or undefined where the language builds none. */
  roleEnding: RegExp | undefined
  /** Given names, for the gender and for telling a name from other capitals. */
  given: ReadonlyMap<string, Gender>
  /** The gender of somebody whose given name is in no list. */
  guess: (given: string, surname: string) => Gender
  /** Articles, prepositions, conjunctions, adverbs: no part of a name, even with a capital. */
  functions: ReadonlySet<string>
  prepositions: ReadonlySet<string>
  /** Words that begin a clause of their own: "that", "who". */
  subordinators: ReadonlySet<string>
  /** What is no person though it has capitals: ministries, papers, clubs. Lower case beginnings. */
  organisations: readonly string[]
  /** Small words within a name. */
  particles: ReadonlySet<string>
  /** Endings by which one name's cases differ; [''] where names have none. */
  cases: readonly string[]
  /** Every noun has a capital: capitals alone name nobody. */
  nounsCapital: boolean
  /** What is said may stand behind a dash, or with its clause inside the marks. */
  dashes: boolean
  incises: boolean
}>

export const list = (words: string): readonly string[] => words.split(/\s+/).filter(Boolean)
export const set = (words: string): ReadonlySet<string> => new Set(list(words))

/** Words by gender, in one table. */
export function gendered(of: Readonly<{ m?: string; f?: string; any?: string }>): ReadonlyMap<string, Gender> {
  const table = new Map<string, Gender>()
  for (const word of list(of.m ?? '')) table.set(word, 'm')
  for (const word of list(of.f ?? '')) table.set(word, table.get(word) === 'm' ? '' : 'f')
  for (const word of list(of.any ?? '')) table.set(word, '')
  return table
}

/** Each stem with each ending. */
export function inflect(stems: string, endings: readonly string[]): readonly string[] {
  return list(stems).flatMap((stem) => endings.map((ending) => stem + ending))
}

/** Slavic surnames tell it: Лунина, Зубков, Gruszecka. */
export function bySurname(given: string, surname: string): Gender {
  if (/(?:ов|ев|ёв|ин|ський|цький|ский|цкий|ski|cki|dzki)$/.test(surname)) return 'm'
  if (/(?:ова|ева|ёва|ина|ська|цька|ская|цкая|ska|cka|dzka)$/.test(surname)) return 'f'
  return byLastLetter(given) || 'm'
}

/** Names that end in "a" are mostly women's in Europe; the exceptions stand in the lists. */
export function byLastLetter(given: string): Gender {
  return /[aая]$/.test(given) ? 'f' : ''
}
