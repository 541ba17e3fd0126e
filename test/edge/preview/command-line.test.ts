import { describe, expect, it } from 'vitest'
import { matching, missingOf, optionsOf, readLine } from '../../../src/edge/preview/page/command-line.ts'
import { answerProposal, faultIn, proposalsFor, valuesOf } from '../../../src/edge/preview/page/proposals.ts'
import type { WireCommand, WireOption } from '../../../src/edge/preview/page/wire.ts'

const option = (name: string, more: Partial<WireOption> = {}): WireOption => ({
  name,
  describe: `The ${name}`,
  kind: 'text',
  required: false,
  completes: false,
  choices: [],
  ...more,
})
const commands: readonly WireCommand[] = [
  { name: 'search', describe: 'Search stories', options: [option('words', { required: true, charsMax: 20 })] },
  { name: 'quotes', describe: 'Who said what', options: [option('speaker', { completes: true }), option('topic')] },
  { name: 'feeds add', describe: 'Add a feed', options: [option('url', { required: true })] },
  { name: 'feeds list', describe: 'All feeds', options: [] },
  {
    name: 'subscribe',
    describe: 'Send a topic',
    options: [
      option('topic', { required: true }),
      option('channel', { kind: 'channel' }),
      option('quiet', { kind: 'flag' }),
      option('days', { kind: 'number' }),
      option('style', {
        choices: [
          { name: 'In full', value: 'full' },
          { name: 'Compact', value: 'compact' },
        ],
      }),
    ],
  },
]
const channels = [
  { id: '10', name: 'alerts', topic: '' },
  { id: '11', name: 'digest', topic: '' },
]
const picked = new Map<string, string>()
const known = { commands, channels, picked }

/** `|` is the caret. */
function read(marked: string) {
  const text = marked.replace('|', '')
  const caret = marked.includes('|') ? marked.indexOf('|') : text.length
  return { text, line: readLine(text, caret, commands) }
}
function filling(marked: string) {
  const { line, text } = read(marked)
  if (line.kind !== 'filling') throw new Error(line.kind)
  return { line, text }
}
const proposed = (marked: string) => {
  const { text, line } = read(marked)
  const { list, active } = proposalsFor(line, text, known)
  return [list.map(({ name }) => name), active]
}

describe('the composer’s line', () => {
  it.each([
    ['words', 'hello', { kind: 'plain' }],
    ['a slash', '/', { kind: 'naming', typed: '' }],
    ['half a name', '/sea', { kind: 'naming', typed: 'sea' }],
    ['a whole name', '/search', { kind: 'naming', typed: 'search' }],
    ['a name before its caret', '/se|arch words:x', { kind: 'naming', typed: 'se' }],
    ['half a subcommand', '/feeds a', { kind: 'naming', typed: 'feeds a' }],
    ['a name and a blank', '/search ', { kind: 'filling', command: { name: 'search' } }],
    ['a subcommand', '/feeds add ', { kind: 'filling', command: { name: 'feeds add' } }],
  ])('reads %s', (_, marked, line) => expect(read(marked).line).toMatchObject(line))

  it.each([
    ['/search words:ferry line', { words: 'ferry line' }],
    ['/search ferry line', { words: 'ferry line' }],
    ['/quotes speaker:Mira Holt topic:Harbour', { speaker: 'Mira Holt', topic: 'Harbour' }],
    ['/quotes topic:Harbour speaker:Mira', { topic: 'Harbour', speaker: 'Mira' }],
    ['/quotes Mira Holt topic:Harbour', { speaker: 'Mira Holt', topic: 'Harbour' }],
    ['/search words:time:12:30 words:again', { words: 'time:12:30 words:again' }],
    ['/search words:', {}],
    ['/quotes ', {}],
  ])('reads the options of "%s"', (text, options) => expect(optionsOf(filling(text).line)).toEqual(options))

  it('says what is missing', () => {
    expect(missingOf(filling('/subscribe channel:#alerts').line).map(({ name }) => name)).toEqual(['topic'])
    expect(missingOf(filling('/subscribe Harbour').line)).toEqual([])
  })

  it('finds commands by their beginning first, then by their words', () => {
    expect(matching(commands, 'se').map(({ name }) => name)).toEqual(['search', 'subscribe'])
    expect(matching(commands, 'stor').map(({ name }) => name)).toEqual(['search'])
    expect(matching(commands, 'zzz')).toEqual([])
  })
})

describe('proposals', () => {
  it.each([
    ['nothing for plain words', 'hello', [[], -1]],
    ['commands, the first active', '/feeds', [['/feeds add', '/feeds list'], 0]],
    ['options, none active', '/quotes ', [['speaker', 'topic'], -1]],
    ['options that begin like a loose word', '/quotes to', [['topic'], -1]],
    ['channels', '/subscribe channel:', [['#alerts', '#digest'], 0]],
    ['channels by their beginning', '/subscribe channel:#dig', [['#digest'], 0]],
    ['yes and no', '/subscribe quiet:', [['true', 'false'], 0]],
    ['choices', '/subscribe style:comp', [['Compact'], 0]],
    ['the answer itself until a blank follows', '/subscribe style:Compact', [['Compact'], 0]],
    ['what is left after a taken answer', '/subscribe style:Compact ', [['topic', 'channel', 'quiet', 'days'], -1]],
    ['nothing for free text', '/search words:x', [[], -1]],
  ])('are %s', (_, marked, list) => expect(proposed(marked)).toEqual(list))

  it('ask the server only for an option that completes', () => {
    const asks = (marked: string) => {
      const { text, line } = read(marked)
      return proposalsFor(line, text, known).asks?.option.name
    }
    expect(asks('/quotes speaker:mi')).toBe('speaker')
    expect(asks('/quotes speaker:mi topic:x')).toBeUndefined()
    expect(asks('/quotes speaker:m|i topic:x')).toBe('speaker')
  })

  it('go on to the one thing that a command needs', () => {
    const { text, line } = read('/sea')
    expect(proposalsFor(line, text, known).list[0]?.text).toBe('/search words:')
    expect(proposalsFor(read('/quo').line, '/quo', known).list[0]?.text).toBe('/quotes ')
  })

  it('put an option at the end, and finish its name where it was begun', () => {
    const next = (marked: string) => proposalsFor(read(marked).line, read(marked).text, known).list[0]?.text
    expect(next('/quotes to')).toBe('/quotes topic:')
    expect(next('/subscribe style:Compact ')).toBe('/subscribe style:Compact topic:')
  })

  it('put an answer in the place of what was typed, and remember what it stands for', () => {
    const { line, text } = filling('/quotes speaker:mi| topic:x')
    if (!line.at) throw new Error('no segment')
    const answer = answerProposal(line.at, { name: 'Mira Holt · 4', value: 'Mira Holt' }, text)
    expect(answer.text).toBe('/quotes speaker:Mira Holt · 4 topic:x')
    const remembered = new Map([[answer.picked?.key ?? '', answer.picked?.value ?? '']])
    const values = valuesOf(filling(answer.text).line, { ...known, picked: remembered })
    expect(values).toEqual({ speaker: 'Mira Holt', topic: 'x' })
  })

  it('send what choices and channels stand for', () => {
    const { line } = filling('/subscribe topic:NATO channel:#digest style:In full')
    expect(valuesOf(line, known)).toEqual({ topic: 'NATO', channel: '11', style: 'full' })
  })

  it.each([
    ['/subscribe x days:7 quiet:true channel:#digest style:In full', undefined],
    ['/subscribe x channel:11 style:full', undefined],
    ['/subscribe x days:many', 'Option "days" takes a number.'],
    ['/subscribe x quiet:maybe', 'Option "quiet" takes one of: true, false.'],
    ['/subscribe x channel:#sea', 'Option "channel" takes one of: #alerts, #digest.'],
    ['/subscribe x style:odd', 'Option "style" takes one of: In full, Compact.'],
    ['/search words:more than twenty chars', 'Option "words" is too long: 22 characters, at most 20.'],
  ])('are not needed to see what is wrong with "%s"', (text, fault) => {
    expect(faultIn(filling(text).line, known)).toBe(fault)
  })
})
