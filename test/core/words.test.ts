import { describe, expect, test } from 'vitest'
import { ftsQuery, normalize, searchForm, tokens } from '../../src/core/words.ts'
import { cpuMs } from '../fakes/cpu.ts'

describe('words', () => {
  test.each([
    ['a possessive is left out', "NATO’s flank, NATO's chief, the U.S.'s", 'nato flank nato chief the us'],
    ['a hyphen parts words', 'NATO-led, NATO‑led', 'nato led nato led'],
    ['a Latin apostrophe parts words', "L'OTAN l’OTAN NATO'nun O’Neill", 'l otan l otan nato nun o neill'],
    ['an apostrophe inside a Cyrillic word drops out', "п'ять п’ять пʼять", 'пять пять пять'],
    ['quotation marks are no part of a word', "'quoted' ‘NATO’ «НАТО» 'так'", 'quoted nato нато так'],
    [
      'initials with dots are one word',
      'The U.S. and N.A.T.O, J.D. Vance, Ю.С. Иванов',
      'the us and nato jd vance юс иванов',
    ],
    ['a dot before a longer word parts it', 'U.Sam vitamin C. Союз ЕС. и я.', 'u sam vitamin c союз ес и я'],
    [
      'names of languages keep their signs',
      'We use C++ and C#, not C; a+b, C#sharp',
      'we use c++ and c# not c a b c sharp',
    ],
    [
      'diacritics are stripped however they are coded',
      'café cafe\u0301 Türkiye İSTANBUL ışık',
      'cafe cafe turkiye istanbul isik',
    ],
    [
      'letters that do not decompose have plain forms',
      'Łódź Ørsted Đoković straße Œuvre Þór',
      'lodz orsted dokovic strasse oeuvre thor',
    ],
    ['Ukrainian and Russian letters are folded', 'Київ Ґанок Ещё', 'киів ганок еще'],
    ['invisible characters drop out', 'NA\u00adTO ze\u200bro \u202eabc', 'nato zero abc'],
    ['a CJK character is a word', '東京都 나토는 がガ', '東 京 都 나 토 는 が ガ'],
    ['half-width and full-width forms are the same', 'ＮＡＴＯ ｶﾞ', 'nato ガ'],
    ['mathematical letters are letters', '𝐍𝐀𝐓𝐎', 'nato'],
    ['vowel signs of Indic scripts stay', 'हिन्दी', 'हिन्दी'],
    ['digits and letters stay together', 'F16, F-16, Covid19', 'f16 f 16 covid19'],
    ['NUL and punctuation part words', 'a\u0000b %_% . ;--', 'a b'],
    ['nothing is nothing', ' \n\u200b', ''],
  ])('%s', (_, text, words) => {
    expect(searchForm(text)).toBe(words)
  })

  test('a token tells where the word stands in the original text', () => {
    const text = 'Сам “NATO’s” İSTANBUL 𝐍𝐀𝐓𝐎 U.S. ca\u00adfé 東'
    const spelt = tokens(text).map((token) => text.slice(token.start, token.end))
    expect(spelt).toEqual(['Сам', 'NATO', 'İSTANBUL', '𝐍𝐀𝐓𝐎', 'U.S.', 'ca\u00adfé', '東'])
  })

  test.each(["'", 'a.', "a'", 'e\u0301', "п'", '\u00ad', 'a', 'a\u00ad', '\ud800', 'é.', '東\u3099'])(
    'a megabyte of %j is read in no time, and its tokens are in order',
    (piece) => {
      const startedAt = cpuMs()
      let last = 0
      for (const token of tokens(piece.repeat(1_000_000 / piece.length))) {
        if (token.start < last || token.end <= token.start) throw new Error(`token out of order at ${token.start}`)
        last = token.end
      }
      expect(cpuMs() - startedAt).toBeLessThan(5_000)
    },
  )
})

test('the normal form of a text keeps spaces and punctuation', () => {
  expect(normalize('L’Été, «Straße» – ZÜRICH\u200b!')).toBe("l'ete, «strasse» – zurich!")
})

test.each([
  ['words are all wanted', 'NATO summit', '"nato" "summit"'],
  ['words in quotes are a phrase', 'NATO "cease fire" “air defence”', '"nato" "cease fire" "air defence"'],
  ['a star asks for a prefix', 'sanction* "air def*"', '"sanction"* "air def"*'],
  ['one letter is too short for a prefix', 'a* b', '"a" "b"'],
  ['operators and columns are words', 'NEAR OR NOT {speaker}:x ^y -z', '"near" "or" "not" "speaker x" "y" "z"'],
  ['a mark without its fellow starts no phrase', '"unclosed phrase', '"unclosed" "phrase"'],
  ['a hyphened word is a phrase', 'NATO-led', '"nato led"'],
  ['CJK is a phrase of characters', '東京', '"東 京"'],
  ['nothing to look for is an empty query', '"" * -- ;', ''],
])('a search: %s', (_, typed, query) => {
  expect(ftsQuery(typed)).toBe(query)
})
