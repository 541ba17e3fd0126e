import { describe, expect, it } from 'vitest'
import { type Inline, type Part, parseInline, parseMarkdown } from '../../../src/edge/preview/page/markdown.ts'
import { cpuMs } from '../../fakes/cpu.ts'

/** Short forms, so that a row fits its line. */
function shown(inline: readonly Inline[]): string {
  return inline
    .map((one) => {
      switch (one.kind) {
        case 'text':
          return one.text
        case 'code':
          return `code(${one.text})`
        case 'link':
          return `link(${shown(one.inside)} ${one.url})`
        case 'time':
          return `time(${one.at} ${one.style})`
        case 'channel':
        case 'role':
        case 'person':
          return `${one.kind}(${one.id})`
        case 'command':
          return `command(${one.name})`
        default:
          return `${one.kind}(${shown(one.inside)})`
      }
    })
    .join('')
}

const lines: [string, string, string][] = [
  ['bold', 'a **b** c', 'a strong(b) c'],
  ['italic by star and by line', '*a* _b_', 'em(a) em(b)'],
  ['both at once', '***a***', 'strong(em(a))'],
  ['bold in italic', '*a **b** c*', 'em(a strong(b) c)'],
  ['underline, strike and spoiler', '__a__ ~~b~~ ||c||', 'underline(a) strike(b) spoiler(c)'],
  ['code, where nothing else counts', '`a **b**`', 'code(a **b**)'],
  ['code with a mark inside', '``a`b``', 'code(a`b)'],
  ['a star that marks nothing', '5 * 3 * 2', '5 * 3 * 2'],
  ['a name with lines', 'snake_case_name and_so_ on', 'snake_case_name and_so_ on'],
  ['what is never closed', '**a *b `c ~~d ||e __f', '**a *b `c ~~d ||e __f'],
  ['escaped marks', '\\*a\\* \\[b\\]\\(c\\) \\<t:1\\>', '*a* [b](c) <t:1>'],
  ['an escaped mark inside bold', '**a\\*\\*b**', 'strong(a**b)'],
  ['a backslash before a letter', 'C:\\temp', 'C:\\temp'],
  ['a link', '[a **b**](https://a.example/x)', 'link(a strong(b) https://a.example/x)'],
  ['a link with brackets in its label', '[a [b] c](https://a.example)', 'link(a [b] c https://a.example)'],
  ['a script that is no link', '[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  ['an address by itself', 'see https://a.example/x.', 'see link(https://a.example/x https://a.example/x).'],
  ['a time', '<t:1700000000:R> <t:5>', 'time(1700000000 R) time(5 f)'],
  ['mentions', '<#12> <@&34> <@!56> </feeds add:78>', 'channel(12) role(34) person(56) command(feeds add)'],
  ['tags that are none', '<b>a</b> <t:x> <#y>', '<b>a</b> <t:x> <#y>'],
]

describe('one line', () => {
  it.each(lines)('reads %s', (_, text, tree) => expect(shown(parseInline(text))).toBe(tree))
})

describe('blocks', () => {
  const kinds = (text: string) => parseMarkdown(text).map(({ kind }) => kind)

  it('tells lines, gaps, notes and headings apart', () => {
    expect(kinds('a\n\n-# b\n## c\n#d')).toEqual(['line', 'gap', 'note', 'heading', 'line'])
  })

  it('joins neighbouring quoted lines, with a note inside', () => {
    const [quote, gap, second] = parseMarkdown('> “a”\n> -# b\n\n> c') as [Extract<Part, { kind: 'quote' }>, Part, Part]
    expect(quote.parts.map(({ kind }) => kind)).toEqual(['line', 'note'])
    expect([gap.kind, second.kind]).toEqual(['gap', 'quote'])
  })

  it('quotes everything after three marks', () => expect(kinds('>>> a\nb\nc')).toEqual(['quote']))

  it('reads lists with their number and depth', () => {
    expect(parseMarkdown('- a\n  - b\n3. c\n4. d')).toMatchObject([
      { kind: 'list', items: [{ deep: false }, { deep: true }] },
      { kind: 'list', start: 3, items: [{}, {}] },
    ])
  })

  it('keeps a fence as it is', () => {
    expect(parseMarkdown('```json\n**a**\n```\nb')).toMatchObject([{ kind: 'fence', text: '**a**' }, { kind: 'line' }])
  })

  it.each([
    ['open bold', '**a '],
    ['open links', '[a'],
    ['open links with brackets', '[[]('],
    ['quotes in quotes', '> '],
    ['backticks', '`'],
    ['stars', '*'],
    ['lines below', ' _a'],
    ['stars that open only', ' *a'],
    ['tags', '<t:'],
    ['addresses', 'https://'],
  ])('takes a long run of %s in linear time', (_, piece) => {
    const time = (pieces: number) => {
      const text = piece.repeat(pieces)
      const startedAt = cpuMs()
      parseMarkdown(text)
      return cpuMs() - startedAt
    }
    time(1_000)
    // Quadratic work on a message forty times the longest that Discord takes would need many seconds.
    expect(time(160_000 / piece.length)).toBeLessThan(1_500)
  })
})
