/** How letters and their groups in several languages come to one rough letter. Data only. */

const pairs = (lines: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    lines.flatMap((line) => {
      const [to = '', ...from] = line.split(' ')
      return from.map((part) => [part, to === '-' ? '' : to] as const)
    }),
  )

/** First the rough letter ('-' for none), then what is written for it. Marks are off already ("š" is "s", "ё" is "е", "й" is "и"). */
export const LETTERS: ReadonlyMap<string, string> = pairs([
  // Cyrillic, Ukrainian and Russian
  'a а я',
  'i е и і ї й ы э є e y j i',
  'v б̈ в v w',
  'b б b',
  'h г ґ х h g kh gh',
  'd д d',
  's ж з с ш s z sh sch sz zh rz ß ss',
  'k к k q',
  'l л l ł',
  'm м m',
  'n н n',
  'o о у ю o u ou',
  'p п p',
  'r р r',
  't т t',
  'f ф f ph',
  'c ц ч щ c ts tz ch cz tch tsch shch szcz schtsch',
  '- ъ ь ʼ',
  'ks x',
])

/** One given name in several languages, in the rough form; all of a line stand for its first. */
export const GIVEN_NAMES: ReadonlyMap<string, string> = pairs([
  'volodimir vladimir',
  'oliksandr aliksandr aliksandir',
  'oliks aliks aliksi',
  'dmitro dmitr',
  'mikola nikola',
  'mihailo mihail',
  'olina ilina',
  'pitro pitr',
  'pavlo pavil',
  'katirina ikatirina',
])
