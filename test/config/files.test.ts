import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseFeedsFile } from '../../src/edge/settings/feeds-file.ts'
import { nearest } from '../../src/edge/settings/nearest.ts'
import { parseTopicsFile } from '../../src/edge/settings/topics-file.ts'
import { describeProblems, type FileRead, parseYamlFile } from '../../src/edge/settings/yaml-file.ts'

function lines(read: FileRead<unknown>): readonly string[] {
  return read.kind === 'ok' ? [] : describeProblems('x.yaml', read.problems)
}

describe('feeds.yaml', () => {
  const feed = (more: string) => `feeds:
  - id: harbour
    url: https://feeds.example/rss
    outlet: The Harbour
    language: en
    kind: outlet
${more}`

  test('a feed becomes a source; one that is off is left out', () => {
    const read = parseFeedsFile(
      feed(`    title: "The Harbour: World"
    country: GB
    label: owned by its readers
    everyMinutes: 10
  - id: quay
    url: https://feeds.example/quay
    outlet: Quay
    language: uk
    kind: state media
    off: a reason
`),
      'x.yaml',
    )
    expect(read).toEqual({
      kind: 'ok',
      value: [
        {
          id: 'harbour',
          url: 'https://feeds.example/rss',
          title: 'The Harbour: World',
          outlet: 'The Harbour',
          kind: 'outlet',
          language: 'en',
          country: 'GB',
          label: 'owned by its readers',
          intervalMs: 600_000,
        },
      ],
    })
  })

  test.each([
    [
      'an unknown key names its neighbour',
      feed('    lable: x\n'),
      'x.yaml:7: feeds[0].lable is not a known key. Did you mean "label"?',
    ],
    [
      'an unknown kind names its neighbour',
      feed('').replace('kind: outlet', 'kind: outelt'),
      'x.yaml:6: feeds[0].kind is "outelt". Did you mean "outlet"?',
    ],
    [
      'a kind far off lists them all',
      feed('').replace('kind: outlet', 'kind: paper'),
      'x.yaml:6: feeds[0].kind is "paper". Use one of wire, outlet, official, state media, think tank, other.',
    ],
    [
      'a missing key is told at the feed',
      feed('').replace(/ {4}outlet: .*\n/, ''),
      'x.yaml:2: feeds[0].outlet is missing. Add a text.',
    ],
    [
      'a bad address',
      feed('').replace('https:', 'ftp:'),
      'x.yaml:3: feeds[0].url is "ftp://feeds.example/rss". Use an address that starts with https:// or http://.',
    ],
    ['a number for a text', feed('').replace('The Harbour', '7'), 'x.yaml:4: feeds[0].outlet is 7. Use a text.'],
    ['Norway unquoted', feed('    country: NO\n').replace('language: en', 'language: no'), ''],
    ['an empty reason', feed('    off:\n'), 'x.yaml:7: feeds[0].off is empty. Use a text.'],
    ['bad YAML', `${feed('')}  x: [\n`, 'x.yaml:7: the file is not YAML: '],
    ['nothing', '', 'x.yaml:1: the file is empty. Use keys with values.'],
  ])('%s', (_, content, expected) => {
    expect(lines(parseFeedsFile(content, 'x.yaml')).join('\n')).toContain(expected)
    if (expected === '') expect(lines(parseFeedsFile(content, 'x.yaml'))).toEqual([])
  })

  test('two feeds with one id and one address are two problems, each with its line', () => {
    const twice = `${feed('')}${feed('').replace('feeds:\n', '')}`
    expect(lines(parseFeedsFile(twice, 'x.yaml'))).toEqual([
      'x.yaml:7: feeds[1].id is "harbour", which another feed has. Give it an id of its own.',
      'x.yaml:8: feeds[1].url is "https://feeds.example/rss", which another feed has. Remove one of the two.',
    ])
  })
})

describe('topics.yaml', () => {
  const topic = (more: string) => `topics:
  - id: harbour
    name: Harbour
    emoji: ⚓
    color: "#0a0b0c"
${more}`

  test('a topic has its terms of all languages in one list, each once', () => {
    const read = parseTopicsFile(
      topic(`    any:
      en: [harbour, harbours, quay*, WHO]
      de: [Hafen, HARBOUR, /Kai-?mauer/]
    capitals:
      en: [Port]
    none:
      en: [pearl harbour]
    lookalikes:
      en: [harbour master]
`),
      'x.yaml',
    )
    expect(read.kind === 'ok' && read.value[0]).toEqual({
      id: 'harbour',
      name: 'Harbour',
      emoji: '⚓',
      color: 0x0a0b0c,
      any: [
        { kind: 'words', text: 'harbour' },
        { kind: 'words', text: 'harbours' },
        { kind: 'prefix', text: 'quay*' },
        { kind: 'capitals', text: 'WHO' },
        { kind: 'words', text: 'Hafen' },
        { kind: 'pattern', text: '/Kai-?mauer/' },
        { kind: 'capitals', text: 'Port' },
      ],
      all: [],
      none: [{ kind: 'words', text: 'pearl harbour' }],
      lookalikes: [{ kind: 'words', text: 'harbour master' }],
    })
  })

  test.each([
    [
      'an unknown key',
      topic('    anny:\n      en: [x]\n'),
      'x.yaml:6: topics[0].anny is not a known key. Did you mean "any"?',
    ],
    [
      'a term without a word',
      topic('    any:\n      en:\n        - harbour\n        - "%"\n'),
      'x.yaml:9: topics[0].any.en[1] is "%". Write one word or phrase',
    ],
    [
      'a short star',
      topic('    any:\n      en: ["ha*"]\n'),
      'topics[0].any.en[0] is "ha*". Write at least three letters before the star.',
    ],
    ['a sign', topic('    any:\n      en: ["-ship"]\n'), 'Write words without + or -'],
    ['no terms', topic(''), 'x.yaml:2: topics[0] looks for nothing. Write at least one word under "any".'],
    [
      'a bad colour',
      topic('    any: {en: [x]}\n').replace('#0a0b0c', 'red'),
      'x.yaml:5: topics[0].color is "red". Use a colour',
    ],
    [
      'two emoji',
      topic('    any: {en: [x]}\n').replace('⚓', '⚓⚓'),
      'x.yaml:4: topics[0].emoji is "⚓⚓". Use one emoji.',
    ],
  ])('%s', (_, content, expected) => {
    expect(lines(parseTopicsFile(content, 'x.yaml')).join('\n')).toContain(expected)
  })
})

test('a schema with defaults still knows its keys, and duplicate keys are told', () => {
  const schema = z.strictObject({ feeds: z.strictObject({ intervalMinutes: z.number().default(5) }).prefault({}) })
  expect(lines(parseYamlFile('# hi\n\nfeeds:\n  intervallMinutes: 3\n', schema, 'x.yaml'))).toEqual([
    'x.yaml:4: feeds.intervallMinutes is not a known key. Did you mean "intervalMinutes"?',
  ])
  expect(lines(parseYamlFile('feeds: {}\nfeeds: {}\n', schema, 'x.yaml'))).toEqual([
    expect.stringMatching(/^x\.yaml:2: the file is not YAML: .*unique.* Keep one of the two\.$/),
  ])
})

test.each([
  ['laebl', 'label'],
  ['lable', 'label'],
  ['Label', 'label'],
  ['zzz', undefined],
  ['intervallMinute', 'intervalMinutes'],
])('the nearest known word to %s is %s', (typed, known) => {
  expect(nearest(typed, ['id', 'label', 'language', 'intervalMinutes'])).toBe(known)
})
