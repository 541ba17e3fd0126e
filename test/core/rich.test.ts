import { expect, it } from 'vitest'
import type { ChannelId } from '../../src/core/model.ts'
import { markdown, quoted } from '../../src/core/paint/markdown.ts'
import { ago, channel, code, command, em, joined, link, plain, rich, strong } from '../../src/core/rich.ts'

it('takes the catalogue\u2019s words as they are and every value as text', () => {
  const said = rich`Over ${3} from ${'**them**'}, ${strong('now')}${''}`
  expect(said).toEqual([
    { kind: 'text', text: 'Over ' },
    { kind: 'text', text: '3' },
    { kind: 'text', text: ' from ' },
    { kind: 'text', text: '**them**' },
    { kind: 'text', text: ', ' },
    { kind: 'strong', text: 'now' },
  ])
  expect(markdown(said)).toBe('Over 3 from \\*\\*them\\*\\*, **now**')
})

it('parts a list with a separator, and an empty one with nothing', () => {
  expect(plain(joined([rich`a`, [strong('b')], rich`c`], ', '))).toBe('a, b, c')
  expect(joined([])).toEqual([])
})

it.each([
  ['bold', [strong('a*b')], '**a\\*b**'],
  ['italics', [em('a_b')], '*a\\_b*'],
  ['nothing in bold', [strong(' ')], ''],
  ['code', [code('a`b\n')], '`aˋb`'],
  ['a link', [link('a]b', 'https://a.test/(x)')], '[a\\]b](https://a.test/%28x%29)'],
  ['a link that leads nowhere safe', [link('a', 'javascript:x')], 'a'],
  ['a time', [ago(1_700_000_000_999)], '<t:1700000000:R>'],
  ['a channel', [channel('1' as ChannelId)], '<#1>'],
  ['a command', [command('search')], '`/search`'],
] as const)('paints %s', (_name, text, expected) => {
  expect(markdown(text)).toBe(expected)
})

it('drops an address before words where the room is short', () => {
  expect(markdown([link('words', 'https://a.test/long')], 10)).toBe('words')
})

it('keeps somebody\u2019s words on one line, however many they wrote', () => {
  const lines = quoted(`first\n> second\n${'word '.repeat(100)}`, rich`A\nB`)
  expect(lines).toHaveLength(2)
  expect(lines.every((line) => line.startsWith('> ') && !line.includes('\n'))).toBe(true)
  expect(lines[0]).toMatch(/^> “first \\> second .*…”$/)
})
