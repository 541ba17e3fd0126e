import { expect, test } from 'vitest'
import { findQuotes } from '../../src/core/quotes.ts'

// Every person here is invented. What is dated is the quote, not the article: old words must not pass for new.

const BRIDGE = 'the bridge was “an accident waiting to happen.”'

test.each<[article: string, setting: string | undefined]>([
  ['“We are late,” Ana Sol said in a 2019 interview.', 'in a 2019 interview'],
  ['“We are late,” Ana Sol said on 3 March.', 'on 3 March'],
  ['“We are late,” Ana Sol said earlier this week.', 'earlier this week'],
  ['“We are late,” Ana Sol said two years ago.', 'two years ago'],
  ['“We are late,” Ana Sol said in a statement on Friday.', 'in a statement on Friday'],
  [`In 2019, Ana Sol said ${BRIDGE}`, 'in 2019'],
  [`Last year, Ana Sol said ${BRIDGE}`, 'last year'],
  [`On Tuesday, Ana Sol said ${BRIDGE}`, 'on Tuesday'],
  [`Tuesday evening, Ana Sol said ${BRIDGE}`, 'Tuesday evening'],
  [`Earlier this week Ana Sol said ${BRIDGE}`, 'earlier this week'],
  [`In a speech in 2009, Peter Sol said ${BRIDGE}`, 'in a speech in 2009'],
  [`Speaking in Lum on Monday, Ana Sol said ${BRIDGE}`, 'speaking in Lum on Monday'],
  [`In Lum, Ana Sol said ${BRIDGE}`, undefined],
  [`In 2019, Ana Sol said on Monday, ${BRIDGE}`, 'on Monday'],
  [`After a storm that nobody in the old town of Lum had seen coming in 2019, Ana Sol said ${BRIDGE}`, undefined],
])('%s', (article, setting) => {
  expect(findQuotes(article).map((quote) => quote.setting)).toEqual([setting])
})

test.each<[language: string, article: string, setting: string]>([
  [
    'German',
    'Der Fluss steigt seit Tagen, und die Stadt wartet auf Hilfe. „Wir warten nicht länger“, sagte Kanzler Jonas Feldmann am Mittwoch in Lum.',
    'am Mittwoch',
  ],
  [
    'French',
    'La rivière monte depuis une semaine et la ville attend. « Nous ne céderons pas », a déclaré le président Luc Marchal mardi.',
    'mardi',
  ],
  [
    'Spanish',
    'El río sube desde hace una semana y la ciudad espera. “No vamos a permitirlo”, dijo el miércoles el ministro Tomás Arrieta.',
    'el miércoles',
  ],
  [
    'Polish',
    'Rzeka wzbiera od tygodnia, a miasto czeka na pomoc. „Nie możemy dłużej czekać”, powiedział w środę premier Marek Zieliński.',
    'w środę',
  ],
  [
    'Ukrainian',
    'Ріка піднімається вже тиждень, і місто чекає на допомогу. «Ми не будемо чекати», — заявив у середу міністр Остап Коваленко.',
    'у середу',
  ],
  [
    'Russian',
    'Река поднимается уже неделю, и город ждёт помощи. «Мы не будем ждать», — заявил министр Игорь Соколов в среду.',
    'в среду',
  ],
  [
    'Turkish',
    'Nehir bir haftadır yükseliyor ve kent yardım bekliyor. Bakan Orhan Demirli çarşamba günü “Daha fazla bekleyemeyiz” dedi.',
    'çarşamba günü',
  ],
])('%s names the day as well', (_language, article, setting) => {
  expect(findQuotes(article).map((quote) => quote.setting)).toEqual([setting])
})
