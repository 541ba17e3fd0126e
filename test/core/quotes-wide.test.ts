import { expect, test } from 'vitest'
import { findQuotes } from '../../src/core/quotes.ts'
import { cpuMs } from '../fakes/cpu.ts'

// Every person here is invented.

test.each<[kind: string, article: string, voices: readonly (readonly (string | undefined)[])[]]>([
  [
    'an office before the name, a day and a place behind it',
    '外交部发言人林小雨周四在例行记者会上表示：“我们不会再等待这条河。”',
    [['我们不会再等待这条河。', '林小雨', '发言人', '表示']],
  ],
  ['a comma before the words', '市长林小雨说，“我们不会等待。”', [['我们不会等待。', '林小雨', '市长', '说']]],
  ['traditional signs', '總統林小雨強調：「我們不會等待。」', [['我們不會等待。', '林小雨', '總統', '強調']]],
  ['a foreign name', '安娜·索尔说：“河水正在上涨。”', [['河水正在上涨。', '安娜·索尔', undefined, '说']]],
  [
    'a foreign surname takes its full name',
    '安娜·索尔来到河边。索尔表示：“没有时间了。”',
    [['没有时间了。', '安娜·索尔', undefined, '表示']],
  ],
  [
    'a bare name that an office introduced',
    '发言人林小雨出席了会议。林小雨指出，“没有时间了。”',
    [['没有时间了。', '林小雨', '发言人', '指出']],
  ],
  ['a report', '报告说：“河水正在上涨。”', [['河水正在上涨。', undefined, undefined, undefined]]],
  ['a pronoun', '他说：“河水正在上涨。”', [['河水正在上涨。', undefined, undefined, undefined]]],
  [
    'Japanese, the speaker before',
    '山田首相は「来年まで待つことはできない」と述べた。',
    [['来年まで待つことはできない', '山田', '首相', '述べた']],
  ],
  [
    'Japanese, the speaker behind',
    '「来年まで待つことはできない」と山田太郎首相は語った。',
    [['来年まで待つことはできない', '山田太郎', '首相', '語った']],
  ],
  [
    'Japanese, a foreign name',
    'ヴァルドリアのゾル大統領は3日の会見で「待つことはできない」と強調した。',
    [['待つことはできない', 'ゾル', '大統領', '強調した']],
  ],
  [
    'Japanese, a title of respect',
    '住民の佐々木花子さんは「川の音が本当に怖かった」と話した。',
    [['川の音が本当に怖かった', '佐々木花子', undefined, '話した']],
  ],
  [
    'Japanese, an age in brackets',
    '港湾局の高橋一郎局長（52）は、「原因を調べている」と説明した。',
    [['原因を調べている', '高橋一郎', '局長', '説明した']],
  ],
  [
    'Japanese, nobody',
    '「来年まで待つことはできない」と語った。',
    [['来年まで待つことはできない', undefined, undefined, undefined]],
  ],
])('%s', (_kind, article, voices) => {
  const quotes = findQuotes(article)
  expect(quotes.map(({ text, speaker, cue }) => [text, speaker?.name, speaker?.role, cue])).toEqual(voices)
})

test('A second half goes on with the same speaker', () => {
  const quotes = findQuotes('市长林小雨说：“我们不会等待。”“没有时间了。”')
  expect(quotes.map(({ speaker }) => speaker)).toEqual([
    { name: '林小雨', role: '市长' },
    { name: '林小雨', role: '市长' },
  ])
})

test.each([
  ['names', Array.from({ length: 4_000 }, (_, n) => `${String.fromCharCode(0x4e00 + n)}雨说：“河。”`).join('')],
  ['offices', `${'发言人'.repeat(60_000)}说：“河。”`],
  ['Japanese topics', `${'山田さんは'.repeat(30_000)}「川」と述べた。`],
  ['words', '「川」と'.repeat(40_000)],
])('%s end in time', (_kind, text) => {
  const started = cpuMs()
  findQuotes(text)
  expect(cpuMs() - started).toBeLessThan(8_000)
})
