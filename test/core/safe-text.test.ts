import { describe, expect, it } from 'vitest'
import { cut, escapeMarkdown, oneLine, safeLink, shownHost } from '../../src/core/safe-text.ts'
import { cpuMs } from '../fakes/cpu.ts'

describe('one line of plain text', () => {
  it.each([
    ['breaks and tabs become a space', 'a\r\n\tb\u2028c\u2029d', 'a b c d'],
    ['no-break and wide spaces become a space', 'a\u00a0\u3000b', 'a b'],
    ['controls go', 'a\u0000b\u0085c\u001b[31m', 'abc[31m'],
    ['bidi controls go', 'safe \u202egnp.exe\u202c \u2066x\u2069', 'safe gnp.exe x'],
    ['zero-width characters go', '\u200b\u200c\u200d\u2060\ufeffa', 'a'],
    ['blank letters go', '\u3164\uffa0\u115f\u1160\u2800', ''],
    ['a lone variation selector goes', '\ufe0f', ''],
    ['tags of a deprecated plane go', 'a\u{e0041}\u{e007f}b', 'ab'],
    ['fillers of Khmer and Mongolian and selectors of variants go', 'a\u17b4\u180b\u180e\ufe00\u{e0100}\u034fb', 'ab'],
    ['a family stays one emoji', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['a heart keeps its colour', 'I ❤️ it, number 1️⃣', 'I ❤️ it, number 1️⃣'],
    ['a skin tone may be joined', '👩🏽‍🚀', '👩🏽‍🚀'],
    ['a joiner between letters goes', 'a\u200db', 'ab'],
    ['half a character is replaced', 'a\ud83d', 'a\ufffd'],
    ['nothing stays nothing', ' \n ', ''],
    ['a broken mention is mended here and broken again by its painter', '@\u200beveryone', '@everyone'],
  ])('%s', (_name, text, expected) => {
    expect(oneLine(text)).toBe(expected)
  })

  it('takes a megabyte of hostile characters in its stride', () => {
    const startedAt = cpuMs()
    for (const unit of ['\u200d', ' ', '\u2066', '👩‍', 'a\ufe0f', '\ud83d'])
      oneLine(unit.repeat(1_000_000 / unit.length))
    expect(cpuMs() - startedAt).toBeLessThan(5_000)
  })
})

describe('a cut', () => {
  it.each([
    ['leaves what fits', 'a word', 6, 'a word'],
    ['ends at a word, with an ellipsis', 'some words that are too long', 20, 'some words that are…'],
    ['takes a mark of punctuation along', 'some words, that are long', 13, 'some words…'],
    ['goes through a word where there is no other near', 'Donaudampfschifffahrtsgesellschaft', 10, 'Donaudamp…'],
    ['goes through a language without spaces', '北大西洋条約機構の会議が始まった', 8, '北大西洋条約機…'],
    ['never halves a character', '😀😀😀', 4, '😀…'],
    ['never parts a joined emoji', '👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 13, '👨‍👩‍👧‍👦…'],
    ['leaves out a pile that is longer than the limit', '👨‍👩‍👧‍👦'.repeat(1), 5, '…'],
    ['never parts a letter from its accents', `e\u0301e\u0301e\u0301`, 4, 'e\u0301…'],
  ])('%s', (...[, text, max, expected]) => {
    expect(cut(text, max)).toBe(expected)
  })

  it('is never over the limit and always well-formed, whatever the text', () => {
    const texts = [
      '👨‍👩‍👧‍👦'.repeat(500),
      'é'.repeat(9_000),
      'a '.repeat(9_000),
      `x${'\u0301'.repeat(9_000)}`,
      '😀'.repeat(9_000),
    ]
    for (const text of texts)
      for (const max of [1, 2, 7, 110, 256, 4_096]) {
        const shown = cut(text, max)
        expect(shown.length).toBeLessThanOrEqual(max)
        expect(shown.isWellFormed()).toBe(true)
      }
  })
})

describe('markdown in text from strangers', () => {
  it.each([
    [
      'a masked link',
      '[https://bbc.example](https://evil.test/)',
      '\\[https:\u2060//bbc.example\\]\\(https:\u2060//evil.test/\\)',
    ],
    ['a mention of all', '@everyone and @here', '@\u2060everyone and @\u2060here'],
    ['a role', '<@&123456789012345678>', '\\<@&123456789012345678\\>'],
    ['a time', '<t:253402300799:R>', '\\<t:253402300799:R\\>'],
    [
      'emphasis and spoilers',
      '**a** __b__ ~~c~~ ||d|| `e`',
      '\\*\\*a\\*\\* \\_\\_b\\_\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`',
    ],
    ['a heading', '# Big', '\\# Big'],
    ['small print', '-# small', '\\-# small'],
    ['a quote', '> said', '\\> said'],
    ['a list', '1. first', '1\\. first'],
    ['its own escapes', '\\*', '\\\\\\*'],
    [
      'an invitation',
      'discord.gg/abcdef discordapp.com/invite/x',
      'discord\u2060.gg/abcdef discordapp\u2060.com/invite/x',
    ],
    ['an address of the app', 'discord://-/channels', 'discord:\u2060//-/channels'],
    ['templates stay as they are', '{{title}} \u0024{process.env.X} %s {0}', '{{title}} \u0024{process.env.X} %s {0}'],
    ['entities are not decoded again', '&lt;script&gt;', '&lt;script&gt;'],
  ])('%s', (_name, text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected)
  })
})

describe('an address that may be linked', () => {
  it.each([
    ['http and https only', 'javascript:alert(1)', undefined],
    ['no data', 'data:text/html,x', undefined],
    ['no credentials', 'https://user:secret@a.test/', undefined],
    ['no relative one', '/news', undefined],
    [
      'brackets are encoded',
      'https://a.test/x)](https://evil.test/',
      'https://a.test/x%29](https://evil.test/'.replace('(', '%28'),
    ],
    ['angles and spaces are encoded', 'https://a.test/> @everyone <', 'https://a.test/%3E%20%40everyone%20%3C'],
    ['a look-alike is shown as what it is', 'https://\u0430pple.com/', 'https://xn--pple-43d.com/'],
    ['marks of markdown are encoded', 'https://a.test/a*b|c`d', 'https://a.test/a%2Ab%7Cc%60d'],
    ['one that is too long is none', `https://a.test/${'a'.repeat(2_048)}`, undefined],
  ])('%s', (_name, url, expected) => {
    expect(safeLink(url)).toBe(expected)
  })

  it('names its host in punycode, without www', () => {
    expect(shownHost('https://www.\u0430pple.com/x')).toBe('xn--pple-43d.com')
    expect(shownHost('nonsense')).toBe('')
  })
})
