import { describe, expect, test } from 'vitest'
import { detectLanguage } from '../../src/core/language.ts'
import { createMatcher } from '../../src/core/match.ts'
import type { TopicId } from '../../src/core/model.ts'
import { splitSentences } from '../../src/core/sentences.ts'
import { summarize } from '../../src/core/summary.ts'
import { parseTopic } from '../../src/core/topic.ts'

// What every language must give beside quotations: sentences, matches and a summary. People and places are invented.

type Case = readonly [language: string, ...sentences: readonly string[]]

const SENTENCES: readonly Case[] = [
  [
    'en',
    'Dr. Ana Sol spoke at 9 a.m. on Monday.',
    '“Who pays?” asked the mayor.',
    'The bill came to £3.5m.',
    'Nobody paid.',
  ],
  [
    'uk',
    'Зустріч тривала 2,5 год. і завершилась на вул. Садовій.',
    '«Хто платить?» — запитала мерка.',
    'Рахунок склав 3,5 млн грн за 2025 р., каже рада.',
    'Ніхто не заплатив.',
  ],
  [
    'ru',
    'Встреча прошла на ул. Садовой, д. 5, и длилась час.',
    '«Кто платит?» — спросила мэр.',
    'Счёт составил 3,5 млн руб. за год.',
    'Никто не заплатил.',
  ],
  [
    'de',
    'Am 3. Oktober sprach Dr. Hedda Quast u. a. über die Nr. 4 der Liste.',
    '„Wer zahlt?“, fragte die Bürgermeisterin.',
    'Es ging um 3,5 Mio. Euro, d. h. um viel Geld.',
    'Niemand zahlte.',
  ],
  [
    'fr',
    'M. Orvain est arrivé à 9 h. avec Mme. Vassor.',
    '« Qui paie ? » a demandé la maire.',
    'La facture est de 3,5 M€, soit 2 % du budget.',
    'Personne n’a payé.',
  ],
  [
    'es',
    'El Sr. Robledo y la Dra. Abascal llegaron a las 9 de la mañana.',
    '«¿Quién paga?», preguntó la alcaldesa.',
    '¡Nadie!',
    'La factura asciende a 3,5 millones, p. ej. en Lima.',
  ],
  [
    'pl',
    'Spotkanie z prof. Płonką odbyło się 3 maja o godz. 9 przy ul. Długiej.',
    '„Kto płaci?”, zapytała burmistrzyni.',
    'Rachunek wyniósł 3,5 mln zł, tj. dużo.',
    'Nikt nie zapłacił.',
  ],
  [
    'tr',
    'Dr. Nazlı Ekinci saat 9.30’da konuştu.',
    '“Kim ödüyor?” diye sordu başkan.',
    'Fatura 3,5 milyon lirayı buldu.',
    'Kimse ödemedi.',
  ],
] // prettier-ignore

describe('sentences', () => {
  test.each(SENTENCES)(
    '%s: abbreviations, ordinals and questions within a sentence end none',
    (_language, ...sentences) => {
      expect(splitSentences(sentences.join(' ')).map(({ text }) => text)).toEqual(sentences)
    },
  )
})

describe('matching', () => {
  test.each<[kind: string, typed: string, text: string, expected: boolean]>([
    ['en: a possessive', 'Larkmoor', 'Larkmoor’s council met on Monday.', true],
    ['en: no part of a word', 'art', 'The party started late.', false],
    ['uk: capitals and apostrophes', 'Семигір’я', "СЕМИГІР'Я чекає на воду.", true],
    ['uk: an inflected form by prefix', 'повін*', 'Місто відновлюють після повені.', false],
    ['uk: the stem that stands there', 'повен*', 'Місто відновлюють після повені.', true],
    ['uk: no part of a word', 'рада', 'Нарада почалася зранку.', false],
    ['ru: ё and е are one letter', 'Заозёрск', 'В Заозерск приехала комиссия.', true],
    ['ru: an inflected form by prefix', 'пожар*', 'Жертвы пожаров получат помощь.', true],
    ['ru: no part of a word', 'мост', 'Мостовая закрыта.', false],
    ['de: sharp s', 'Straße', 'Die STRASSE ist gesperrt.', true],
    ['de: umlauts with and without marks', 'Bülow', 'Herr Bulow kam nicht.', true],
    ['de: no part of a compound', 'Bad', 'Das Freibad bleibt zu.', false],
    ['fr: accents', 'Montferrel à l’été', "montferrel a l'ete", true],
    ['fr: an elided article', 'usine', 'Dans l’usine, le silence.', true],
    ['fr: no part of a word', 'or', 'Le port dort.', false],
    ['es: ñ and accents', 'montaña', 'La MONTAÑA nos avisa.', true],
    ['es: behind an opening mark', 'agua', '¿Agua para todos?', true],
    ['es: no part of a word', 'sol', 'La solución no llega.', false],
    ['pl: ł and ogonek', 'łódka', 'ŁÓDKA płynie.', true],
    ['pl: an inflected form by prefix', 'powod*', 'Skutki powodzi widać wszędzie.', true],
    ['pl: no part of a word', 'rak', 'Brak wody.', false],
    ['tr: dotted and dotless i', 'izmarit', 'İZMARIT topladılar.', true],
    ['tr: a case behind an apostrophe', 'Akçapınar', "Akçapınar'da köprü açıldı.", true],
    ['tr: no part of a word', 'sel', 'Başkan seslendi.', false],
  ])('%s', (...[, typed, text, expected]) => {
    const parse = parseTopic(typed, { id: 'words' as TopicId })
    const topics = parse.kind === 'refused' ? [] : [parse.topic]
    const matches = createMatcher(topics).match({ title: '', text, outlet: 'Harbour Wire', quotes: [] })
    expect(matches.length > 0).toBe(expected)
  })
}) // prettier-ignore

describe('summaries and language', () => {
  test.each(SENTENCES)('%s is told, and its summary is made of whole sentences', (language, ...sentences) => {
    const text = sentences.join(' ')
    expect(detectLanguage(`${text}\n\n${text}`, language)).toBe(language)
    for (const sentence of summarize(text, { title: '' })) expect(sentences).toContain(sentence)
  })
})
