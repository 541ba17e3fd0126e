import { describe, expect, test } from 'vitest'
import { splitSentences } from '../../src/core/sentences.ts'
import { cpuMs } from '../fakes/cpu.ts'

const rows: readonly (readonly [name: string, ...sentences: string[]])[] = [
  ['plain sentences', 'The bridge opened on Monday.', 'Nobody came.'],
  ['titles', 'Mr. Adeyemi met Dr. Sol.', 'They spoke for an hour.'],
  ['stacked ranks', 'Lt. Gen. Ilse Brandvik spoke first.', 'She was brief.'],
  ['initials', 'The book is by J. R. Oduya.', 'It sold well.'],
  ['dotted countries', 'The U.S. Senate voted.', 'He lives in the U.S.', 'But his sister does not.'],
  ['numbers and months', 'It is No. 5 on the list of Sept. 11.', 'No. 6 is empty.'],
  ['a short answer that is no number', 'Will it rain?', 'No.', 'It will snow.'],
  ['firms', 'Harrow Corp. Chairman Lew Tamm left Harrow Inc.', 'The firm fell.'],
  ['times of day', 'They met at 9 a.m. Tuesday in the hall.', 'It ended at 11 a.m.', 'The mayor left.'],
  ['a question with its verb', '“Who pays?” asked the mayor.', '“We do!” said nobody.'],
  ['a closing mark', '“We will pay.”', 'The mayor sat down.'],
  ['straight marks', '"We will pay."', '"Nobody else will."'],
  ['a spaced closing mark', "`` It is a way of bridging the gap . ''", 'Plans were sent in October .'],
  ['words that look like titles', 'They told me.', 'Come on.', 'Nobody asked.'],
  ['French', '« Nous payons. »', 'M. Duvallon a quitté la salle avec Mme. Orsay.'],
  ['German', 'Am 3. Oktober sprach Prof. Dr. Uhl z. B. über Nr. 4.', 'Danach ging er.'],
  ['Spanish', 'El Sr. Quiroga llegó tarde.', '¿Por qué?', 'Nadie lo sabe.'],
  ['Russian', 'На ул. Садовой живёт В. Котов.', 'Он молчит.'],
  ['Chinese', '他来了。', '没有人知道。'],
  ['Japanese with brackets', '「行きます。」', '彼は言った。'],
]

describe('splitSentences', () => {
  test.each(rows)('keeps each sentence whole: %s', (_, ...sentences) => {
    const joiner = sentences.join('').match(/[。]/) ? '' : ' '
    expect(splitSentences(sentences.join(joiner)).map((s) => s.text)).toEqual(sentences)
  })

  test('a blank line ends a sentence even without a full stop', () => {
    expect(splitSentences('Europe seeks a plan\n\nwestern diplomats said\r\n \r\nSo').map((s) => s.text)).toEqual([
      'Europe seeks a plan',
      'western diplomats said',
      'So',
    ])
  })

  test('a line that goes on in lower case is one sentence, another line is a new one', () => {
    expect(splitSentences('The bridge was\nclosed on Monday\nNobody came').map((s) => s.text)).toEqual([
      'The bridge was\nclosed on Monday',
      'Nobody came',
    ])
  })

  test('offsets give back the text, in order and without overlap', () => {
    const text = '  Mr. Sol spoke. \n\n“It is late.” He left!  '
    const found = splitSentences(text)
    expect(found.length).toBe(3)
    for (const s of found) expect(text.slice(s.start, s.end)).toBe(s.text)
    expect(found.every((s, i) => i === 0 || s.start >= (found[i - 1]?.end ?? 0))).toBe(true)
  })

  test('nothing is lost but white space', () => {
    const text = 'A. B. C? "D." e.g. F!\nG (h.) "\n\n"I." J... K.\u2028L'
    expect(
      splitSentences(text)
        .map((s) => s.text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(text.replace(/\s/g, ''))
  })

  test.each([['. '], ['" '], ['\n'], ['Mr. '], ['((((1.'], ['a.b.'], ['!"'], ['”'], ['\u0301.'], ['\r\n\t']])(
    'is quick on a megabyte of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
      const started = cpuMs()
      splitSentences(text)
      expect(cpuMs() - started).toBeLessThan(5000)
    },
  )
})
