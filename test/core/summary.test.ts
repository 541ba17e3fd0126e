import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { summarize } from '../../src/core/summary.ts'
import { cpuMs } from '../fakes/cpu.ts'

const LEAD =
  'The harbour bridge at Oakmoor was closed on Monday after a storm damaged one of its four cables, the town said.'
const PLAIN = [
  LEAD,
  '“We will not open it before an engineer has looked at every cable,” Mayor Ilse Brandvik told reporters. “It is a matter of weeks.”',
  'The storm reached the coast of Westmark on Sunday night and tore a steel cable from its anchor on the north side of the bridge.',
  'Some 14,000 cars cross the Oakmoor bridge each day, and ferries will carry commuters from Tuesday, the harbour office said.',
  'The bridge was built in 1962. It was last repaired nine years ago.',
  'Shops in the old town fear for their trade. Nobody was hurt.',
]
const CHROME = [
  'Close',
  'newsletters Newsletters',
  'Oakmoor bridge closed for weeks as storm damages a cable on its north side',
  'Workers look at the damaged cable of the harbour bridge in Oakmoor, Westmark, on June 4, 2031. (Coast Photo)',
  'Photo',
  'Workers look at the damaged cable of the harbour bridge in Oakmoor, Westmark, on June 4, 2031. (Coast Photo)',
  'By Tom Sol and Ada Wren.',
  'Published: 14:11 EST, 4 June 2031.',
  'Wednesday, June 4, 2031 at 14:11 GMT in Oakmoor.',
  'The mayor of Oakmoor meets the engineer of the bridge on Monday. (Handout/Coast Photo)',
  'Scroll down for video of the bridge in the storm at Oakmoor.',
  'Mayor Ilse Brandvik (left) and the engineer Lew Tamm at the bridge in Oakmoor on Monday.',
  'A crowd waits at the closed bridge of Oakmoor in the rain on Monday.',
  'A crowd waits at the closed bridge of Oakmoor in the rain on Monday.',
  'Storm: The cable of the Oakmoor harbour bridge hung over the water on Monday.',
  'Share this story about the Oakmoor bridge with your friends in Westmark.',
]
const text = PLAIN.join('\n\n')

describe('summarize', () => {
  test('begins with the news and keeps the order of the text', () => {
    const summary = summarize(text)
    expect(summary[0]).toBe(LEAD)
    const places = summary.map((sentence) => text.indexOf(sentence))
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  test('every sentence stands in the text, and all fit a card', () => {
    const summary = summarize(text)
    expect(summary.length).toBeGreaterThanOrEqual(2)
    expect(summary.length).toBeLessThanOrEqual(3)
    for (const sentence of summary) expect(text).toContain(sentence)
    expect(summary.join(' ').length).toBeLessThanOrEqual(420)
  })

  test('takes as many sentences and characters as it is told', () => {
    expect(summarize(text, { sentences: 1 })).toEqual([LEAD])
    expect(summarize(text, { chars: 90 }).join(' ').length).toBeLessThanOrEqual(90)
    expect(summarize(text, { sentences: 5, chars: 2000 }).length).toBe(5)
    expect(summarize(text, { sentences: 0 })).toEqual([])
  })

  test('a sentence that begins with "she" comes with the one before it, or not at all', () => {
    const said = 'She keeps goats, and paints old churches in the winter months.'
    const aunt = `Wilhelmina Sonnleithner, ${'who keeps the archive and the maps and the letters, '.repeat(8)}came.`
    expect(summarize([LEAD, aunt, said].join(' '))).toEqual([LEAD])
    expect(summarize(`${LEAD} ${said}`)).toEqual([LEAD, said])
    expect(summarize(said)).toEqual([said])
  })

  test('no short sentence from far below fills the room that is left', () => {
    const things = ['Apples', 'Boats', 'Candles', 'Drums', 'Eels', 'Flags', 'Gloves', 'Horns', 'Inks', 'Jugs']
    const long = things.map(
      (thing) =>
        `${thing} from ${thing}ville, ${'as red as '.repeat(9)}${thing}town, cost ${thing.length} crowns at the market of Westmark.`,
    )
    const late = 'Shops in the old town opened late.'
    expect(summarize([...long, late].join('\n\n'))).toHaveLength(2)
  })

  test('what stands in a block quotation is somebody’s word, and not the paper’s', () => {
    expect(summarize(text)).toContain(LEAD)
    expect(summarize(text, { quoted: [LEAD] })).not.toContain(LEAD)
    expect(summarize(LEAD, { quoted: [LEAD] })).toEqual([LEAD])
  })

  test('page furniture in the lead changes nothing', () => {
    const title = 'Oakmoor bridge closed for weeks as storm damages a cable on its north side'
    expect(summarize([...CHROME, ...PLAIN].join('\n'), { title })).toEqual(summarize(PLAIN.join('\n'), { title }))
  })

  test.each(CHROME)('never shows %j', (line) => {
    expect(
      summarize([line, ...(CHROME.indexOf(line) === CHROME.lastIndexOf(line) ? [] : [line]), ...PLAIN].join('\n'), {
        sentences: 9,
        chars: 9000,
      }),
    ).not.toContain(line.replace(/ \(.*Photo\)$/, ''))
  })

  test.each([
    ['(CNN) -- ', LEAD],
    ['OAKMOOR, Westmark, June 4 (Coast Wire) — ', LEAD],
    ['Oakmoor (Coast Wire) - ', LEAD],
    ['OAKMOOR — ', LEAD],
    ['', 'NATO - the alliance - closed the bridge of Oakmoor after a storm on Monday.'],
    ['', 'The harbour bridge - Oakmoor has only one - was closed on Monday by the town.'],
  ])('the dateline %j is no part of the sentence', (dateline, sentence) => {
    expect(summarize(`${dateline}${sentence}`)).toEqual([sentence])
  })

  test('shows no half of a quotation and none without its speaker', () => {
    const whole = summarize(text, { sentences: 9, chars: 9000 }).join('\n')
    expect(whole).toContain('Mayor Ilse Brandvik told reporters.')
    expect(whole).not.toContain('It is a matter of weeks.')
    for (const [open, close] of [
      ['“', '”'],
      ['"', '"'],
      ['«', '»'],
      ['»', '«'],
      ['„', '“'],
    ] as const) {
      const split = `${LEAD}\n\n${open}The cable is lying in the water. We shall lift it in a week or two,${close} said Mayor Ilse Brandvik on Monday.`
      expect(summarize(split)).toEqual([LEAD])
    }
  })

  test.each([
    ["'The cable is lying in the water off Oakmoor.", true],
    ['She said: ‘The cable is lying in the water off Oakmoor.', true],
    ["The cable is lying in the water off Oakmoor.'", true],
    ["The mayor called it 'a matter of weeks' on Monday at Oakmoor.", false],
    ["The harbour office's boats and the drivers' union agree on Oakmoor.", false],
    ["The town 's mayor has n't opened the bridge of Oakmoor yet .", false],
  ])('single marks: whether %j is half a quotation is %j', (sentence, isHalf) => {
    expect(summarize(`${LEAD}\n\n${sentence}`).includes(sentence)).toBe(!isHalf)
  })

  test.each([
    'Published figures show that the bridge of Oakmoor carries 14,000 cars a day.',
    'By Monday evening the bridge of Oakmoor was closed in both directions.',
    'Copyright law does not cover the plans of the Oakmoor bridge, a judge ruled.',
    'Ada Wren (right of the mayor in the council) asked for ferries at Oakmoor.',
    'The mayor of Oakmoor said: The bridge is closed for all of this week.',
  ])('a sentence of the article that only looks like furniture stays: %j', (sentence) => {
    expect(summarize(sentence)).toEqual([sentence])
    expect(summarize(`${LEAD}\n\n${sentence}`, { sentences: 9, chars: 9000 })).toContain(sentence)
  })

  test.each([
    [
      'de',
      'Die Hafenbrücke von Eschwerda ist am Montag gesperrt worden, nachdem ein Sturm ein Seil beschädigt hatte.',
      'Lesen Sie auch: Wie der Sturm die Küste von Westmark traf.',
    ],
    [
      'fr',
      'Le pont du port d’Oakmoor a été fermé lundi après qu’une tempête a endommagé un câble.',
      'À lire aussi : la tempête sur la côte de Westmark.',
    ],
    [
      'ru',
      'Мост в порту Окмура закрыли в понедельник после того, как буря повредила один из тросов.',
      'Читайте также: как буря прошла по побережью Вестмарка.',
    ],
    ['zh', '奥克穆尔港口大桥周一因风暴损坏一根缆索而关闭，市长表示维修需要数周。', '图片'],
  ])('reads %s: the news stays, the furniture goes', (_, news, furniture) => {
    expect(summarize(`${furniture}\n\n${news}`, { sentences: 9 })).toEqual([news])
  })

  test('the headline is not said again', () => {
    expect(summarize(`${PLAIN[3]}\n\n${LEAD}`, { title: LEAD.toUpperCase() })).toEqual([PLAIN[3]])
  })

  test('says nothing twice', () => {
    const again =
      'The harbour bridge at Oakmoor was closed on Monday because a storm damaged one of its cables, the town said.'
    expect(summarize(`${LEAD}\n\n${again}\n\n${PLAIN[3]}`)).toEqual([LEAD, PLAIN[3]])
  })

  test('a text without full stops still gives its first words', () => {
    expect(summarize('Bridge closed after storm')).toEqual(['Bridge closed after storm'])
    expect(summarize('')).toEqual([])
  })

  test('a sentence that no card can hold is not cut', () => {
    expect(summarize(`The bridge ${'of the long and winding river '.repeat(20)}was closed.`)).toEqual([])
  })

  test.each([
    ['a. '],
    ['The bridge was closed on Monday by Ada. '],
    ['word '],
    ['“'],
    ['('],
    ['\n\n'],
    ['(CNN) -- '],
    ['"A" '],
    ['А Б. '],
  ])('is quick on half a megabyte of %j', (piece) => {
    const started = cpuMs()
    summarize(piece.repeat(Math.ceil(500_000 / piece.length)))
    expect(cpuMs() - started).toBeLessThan(3000)
  })

  const seed = new URL('../../../shared/seed/article.txt', import.meta.url)
  test.skipIf(!fs.existsSync(seed))('reads the news out of a real page with its furniture (needs ../shared)', () => {
    const page = fs.readFileSync(seed, 'utf8')
    const summary = summarize(page)
    expect(summary[0]).toMatch(/^NATO chief Mark Rutte said Thursday/)
    expect(summary.length).toBeGreaterThanOrEqual(2)
    expect(summary.join(' ')).not.toMatch(/Photo|looks on|GMT|More From|\(R\)/)
  })
})
