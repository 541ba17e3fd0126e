/** How one character is read: its class, and its plain form. Both are tables over the BMP, filled as characters are met. */

/** What a character does in a word. `alone` is a word by itself (scripts written without spaces); `inside` joins words where
 *  it stands between letters (apostrophes); `unseen` drops out. */
export const CLASS = { other: 1, word: 2, alone: 3, mark: 4, unseen: 5, inside: 6, dropped: 7 } as const

const classes = new Uint8Array(0x10000) // 0: not met yet
const folds: (string | undefined)[] = [] // by code unit; sparse, only what was met

const WORD = /^[\p{L}\p{N}\p{M}]$/u
const MARK = /^\p{M}$/u
/** Chinese, Japanese and Korean, and the scripts of South-East Asia, put no spaces between words (Korean glues its particles on). */
const ALONE =
  /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]$/u
/** Soft hyphens, zero-width and bidi signs, variation selectors, Arabic tatweel: they show nothing, or only shape. */
const UNSEEN = /^[\p{Cf}\p{Default_Ignorable_Code_Point}\u0640]$/u
/** Typewriter and curly apostrophes, and what keyboards give for them. */
const APOSTROPHES = /['\u2018\u2019\u201b\u2032\uff07`\u00b4\u055a]/
/** Letters that sound like an apostrophe (Ukrainian U+02BC, Hawaiian, transliterated Arabic): they belong to their word. */
const APOSTROPHE_LETTERS = /[\u02b9-\u02bf\u02c8\ua78b\ua78c]/
/** Diacritics of Latin, Greek, Cyrillic, Hebrew and Arabic. Indic and Thai vowel signs and the Japanese
 *  voicing marks tell words apart: they stay. */
const DIACRITICS = /[[\p{M}&&[\p{sc=Zinh}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}]]--[\u3099\u309a]]/gv

/** Letters without a decomposition in Unicode, and forms of one letter that readers type for each other. */
const PLAIN: Readonly<Record<string, string>> = {
  // Latin
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ɖ: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ȷ: 'j',
  ĸ: 'k',
  ŋ: 'ng',
  ŧ: 't',
  ƒ: 'f',
  ə: 'a', // Əliyev is written Aliyev
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ɨ: 'i',
  ʉ: 'u',
  ɛ: 'e',
  ɔ: 'o',
  // Greek
  ς: 'σ',
  // Cyrillic: Ґ is typed Г wherever the keyboard lacks it
  ґ: 'г',
  // Arabic and Persian forms of one letter
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ٱ: 'ا',
}

/** The class of a code point, one of CLASS. */
export function classOf(code: number): number {
  if (code >= 0x10000) return classify(String.fromCodePoint(code))
  const known = classes[code] ?? 0
  if (known !== 0) return known
  const found = classify(String.fromCharCode(code))
  classes[code] = found
  return found
}

function classify(character: string): number {
  if (UNSEEN.test(character)) return CLASS.unseen
  if (APOSTROPHES.test(character)) return CLASS.inside
  if (APOSTROPHE_LETTERS.test(character)) return CLASS.dropped
  if (!WORD.test(character)) return CLASS.other
  if (MARK.test(character.normalize('NFKD'))) return CLASS.mark // so are the half-width Japanese ones
  return ALONE.test(character) ? CLASS.alone : CLASS.word
}

/** The plain form of one UTF-16 code unit that is no surrogate, as it stands in a word: "É" is "e", "ß" is "ss". */
export function foldUnit(code: number): string {
  const known = folds[code]
  if (known !== undefined) return known
  const found = foldWord(String.fromCharCode(code))
  folds[code] = found
  return found
}

/** The plain form of a word: `foldText` without what is no letter, digit or mark (the bar in "½", what drops out). */
export function foldWord(spelt: string): string {
  let word = ''
  for (const character of foldText(spelt)) {
    const kind = classOf(character.codePointAt(0) ?? 0)
    if (kind === CLASS.word || kind === CLASS.mark || kind === CLASS.alone) word += character
  }
  return word
}

/** The plain form of a text: compatibility forms and diacritics resolved, lower case, letters of the table replaced. */
export function foldText(text: string): string {
  const bare = text.normalize('NFKD').replace(DIACRITICS, '').toLowerCase()
  let plain = ''
  for (const character of bare) plain += PLAIN[character] ?? character
  // Lower-casing can bring a diacritic back (the Turkish dotted I), and letters taken apart are put together (Korean).
  return plain.replace(DIACRITICS, '').normalize('NFC')
}
