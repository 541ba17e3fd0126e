import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cardOf } from '../../src/core/card.ts'
import { digestOf } from '../../src/core/digest.ts'
import type { Match, Story, Style, Topic } from '../../src/core/model.ts'
import { noticeOf, welcomeOf } from '../../src/core/notice.ts'
import { paintCard, paintPosted, paintReply } from '../../src/core/paint.ts'
import { onlyYou } from '../../src/core/reply.ts'
import { link, rich } from '../../src/core/rich.ts'
import { messageFault } from '../../src/edge/preview/message-fault.ts'
import { cpuMs } from '../fakes/cpu.ts'
import { alertOf, MARKER, match, piece, quote, role, story, topic } from './story-of.ts'

const STYLES: readonly Style[] = ['full', 'compact', 'rich']

type Shown = Readonly<{ topics?: readonly Topic[]; matches?: readonly Match[]; mentions?: number; style?: Style }>
function painted(told: Story, { topics = [], matches = [], mentions = 0, style = 'full' }: Shown = {}) {
  const roles = Array.from({ length: mentions }, (_, n) => role(n))
  return paintCard(cardOf(told, alertOf({ matches, mentions: roles, style }), { topics, marker: MARKER }))
}

/** A story of which every part is as long as can be. */
function extreme(text: string): Story {
  const quotes = [1, 2, 3].map((n) =>
    quote(`${n} ${text}`, `${n} ${text}`, { speaker: { name: `${n} ${text}`, role: text }, setting: text }),
  )
  const more = {
    title: text,
    summary: [text, text, text],
    quotes,
    image: `https://p.example/${'i'.repeat(2_000)}`,
    url: `https://a.example/${'u'.repeat(2_000)}`,
  }
  return story(...Array.from({ length: 40 }, (_, n) => piece(`${n} ${text}`, more)))
}

const HOSTILE = {
  letters: 'word '.repeat(900),
  'one word': 'w'.repeat(5_000),
  marks: '*_~`|<>[]()'.repeat(400),
  emoji: '👨‍👩‍👧‍👦'.repeat(400),
  accents: `e${'\u0301'.repeat(5_000)}`,
  'half characters': '\ud83d'.repeat(5_000),
  mentions: '@everyone '.repeat(500),
  addresses: 'https://evil.test '.repeat(300),
  ideographs: '北大西洋'.repeat(1_200),
  lines: '# a\n'.repeat(1_500),
  nothing: '',
  blanks: '\u3164\u200b'.repeat(500),
}

describe.each(STYLES)('a card in the style "%s"', (style) => {
  it.each(Object.entries(HOSTILE))('keeps Discord\u2019s limits for endless %s', (_name, text) => {
    const topics = Array.from({ length: 16 }, (_, n) => topic(`${n} ${text}`.trim(), { id: `t${n}` as Topic['id'] }))
    const matches = topics.map(({ id }) => ({ ...match('x', text, `${text}2`, `${text}3`), topicId: id }))
    const message = painted(extreme(text), { topics, matches, mentions: 100, style })
    expect(messageFault(message)).toBeUndefined()
    expect(textsOf(message).every((one) => one.isWellFormed())).toBe(true)
    expect(textsOf(message).filter((one) => /(^|[^\\])@(everyone|here)/.test(one))).toEqual([])
  })

  it('mentions nothing but the roles that it was told to, and those first', () => {
    const message = painted(story(), { mentions: 2, style })
    expect(message.allowed_mentions).toEqual({ parse: [], roles: [role(0), role(1)] })
    expect(textsOf(message)[0]).toMatch(new RegExp(`^<@&${role(0)}> <@&${role(1)}>`))
    expect(painted(story(), { style }).allowed_mentions).toEqual({ parse: [] })
  })

  it('can be read back by its marker', () => {
    expect(customIdsOf(painted(story(), { style })).join()).toContain(MARKER)
  })

  it('shows headline, source, "Also in" and the matched words', () => {
    const told = story(
      piece('The Post', { title: 'The *ferry* sails' }),
      piece('Meridian'),
      piece('Tidal'),
      piece('Fourth'),
    )
    const matches = [match('NATO', 'NATO')]
    const all = textsOf(painted(told, { topics: [topic('NATO')], matches, style })).join('\n')
    for (const part of [
      'The \\*ferry\\* sails',
      'The Post',
      'Also in **Meridian**, **Tidal** and 1 more',
      'matched *NATO*',
    ])
      expect(all).toContain(part)
  })
})

it('puts what a phone shows into one plain first line', () => {
  const matches = [match('NATO', 'NATO')]
  const { content, embeds } = painted(story(piece('The Post', { title: 'A\nferry' })), {
    topics: [topic('NATO')],
    matches,
  })
  expect(content).toBe('NATO: A ferry \\(The Post\\)')
  expect(embeds?.[0]).toMatchObject({ title: 'A ferry', author: { name: '🧭 NATO · The Post' }, color: 0x004990 })
})

it('cuts between the sentences of a summary, and never shows half a quote without saying so', () => {
  const sentence = `${'word '.repeat(50)}end.`
  const told = story(
    piece('The Post', { summary: [sentence, sentence], quotes: [quote('so '.repeat(200), 'Ilse Varga')] }),
  )
  const description = String(painted(told).embeds?.[0]?.description)
  expect(description.split('end.')).toHaveLength(2)
  expect(description).toMatch(/> “(so )+so…”/)
})

it('leaves out a button that would lead nowhere', () => {
  const labels = (told: Story) => JSON.stringify(painted(told).components)
  expect(labels(story(piece('The Post')))).toContain('"Read"')
  expect(labels(story(piece('The Post', { url: 'ftp://a.example/x' })))).not.toContain('"Read"')
  expect(labels(story(piece('The Post', { url: `https://a.example/${'x'.repeat(600)}` })))).not.toContain('"Read"')
})

const manifest = path.resolve(import.meta.dirname, '../../../shared/attacks/manifest.json')
const attacks = ((): readonly Attack[] => {
  try {
    return JSON.parse(readFileSync(manifest, 'utf8')).cases.filter(({ kind }: Attack) => kind === 'text')
  } catch {
    return []
  }
})()
type Attack = Readonly<{ id: string; kind: string; value: string; must: Readonly<{ as?: string; maxMs: number }> }>

describe.skipIf(attacks.length === 0)('texts that attack (../shared/attacks, skipped where it is absent)', () => {
  it.each(attacks)('$id is harmless in every field and style', ({ value, must }) => {
    const told = must.as === 'link' ? story(piece('The Post', { url: value, image: value })) : storyOfText(value)
    const startedAt = cpuMs()
    for (const style of STYLES) {
      const message = painted(told, { style, matches: [match('x', value)] })
      expect(messageFault(message)).toBeUndefined()
      expect(message.allowed_mentions).toEqual({ parse: [] })
      const texts = textsOf(message)
      expect(texts.every((text) => text.isWellFormed())).toBe(true)
      // What a stranger wrote links nowhere, mentions nobody, and gives no time.
      for (const text of texts)
        expect(unescaped(text)).not.toMatch(
          /\]\(https:\/\/evil|<@&|<t:253|@(everyone|here)|[\u202a-\u202e\u2066-\u2069]/,
        )
      expect(linksOf(message).filter((url) => !/^https?:\/\//.test(url))).toEqual([])
    }
    expect(cpuMs() - startedAt).toBeLessThan(STYLES.length * must.maxMs)
  })

  it('an empty or invisible title is said to be none', () => {
    for (const { value } of attacks.filter(({ id }) => /empty|zero-width|hangul/.test(id)))
      expect(painted(storyOfText(value)).embeds?.[0]?.title).toBe('\\(no title\\)')
  })
})

function storyOfText(value: string): Story {
  const said = quote(value || 'x', value || 'x', { speaker: { name: value, role: value }, setting: value })
  return story(piece(value, { title: value, summary: [value], quotes: [said] }), piece(`${value}2`))
}

describe('a digest', () => {
  const list = (count: number, more: Parameters<typeof piece>[1] = {}) =>
    Array.from({ length: count }, (_, n) => ({
      story: story(piece(`Outlet ${n}`, { title: `Story number ${n} ends`, ...more })),
      matches: [match(`T${n}`)],
      reason: 'flood' as const,
    }))

  it('names every story, whatever its address', () => {
    for (const chars of [20, 200, 500, 2_000]) {
      const stories = list(10, { url: `https://a.example/${'u'.repeat(chars)}` })
      const message = paintPosted(digestOf(stories, { topics: [], marker: MARKER }))
      expect(messageFault(message)).toBeUndefined()
      const all = textsOf(message).join('\n')
      for (const n of stories.keys()) expect(all).toContain(`Story number ${n} ends`)
      expect(all.includes('](https://')).toBe(chars <= 200)
    }
  })

  it('keeps Discord\u2019s limits with ten topics and endless words', () => {
    for (const text of Object.values(HOSTILE)) {
      const stories = list(10, { title: text, outlet: text })
      const topics = stories.map((_, n) => topic(`T${n}`))
      expect(messageFault(paintPosted(digestOf(stories, { topics, marker: MARKER })))).toBeUndefined()
    }
  })

  it('says why it is a list, and can be read back', () => {
    const message = paintPosted(digestOf(list(2), { topics: [], marker: MARKER }))
    expect(textsOf(message).join('\n')).toMatch(/2 more stories[\s\S]*Nothing is left out/)
    expect(customIdsOf(message).join()).toContain(MARKER)
  })

  it('counts the other outlets of a story', () => {
    const grown = { story: story(piece('The Post'), piece('Meridian')), matches: [], reason: 'cap' as const }
    const message = paintPosted(digestOf([grown], { topics: [], marker: MARKER }))
    expect(textsOf(message).join('\n')).toContain('The Post \\+1')
  })

  it('groups by topic, under its name', () => {
    const stories = [match('NATO'), match('Sea'), match('NATO')].map((one, n) => ({
      story: story(piece('The Post', { title: `Number ${n}` })),
      matches: [one],
      reason: 'rhythm' as const,
    }))
    const all = textsOf(paintPosted(digestOf(stories, { topics: [topic('NATO'), topic('Sea')], marker: MARKER }))).join(
      '\n',
    )
    expect(all.match(/NATO|Sea|Number \d/g)).toEqual(['NATO', 'Number 0', 'Number 2', 'Sea', 'Number 1'])
  })
})

it('paints notices and the welcome within the limits, so that they can be read back', () => {
  const topics = Array.from({ length: 40 }, (_, n) => topic(`Topic ${n}`))
  for (const posted of [noticeOf(HOSTILE.marks, MARKER), noticeOf('', MARKER), welcomeOf(topics, MARKER)]) {
    const message = paintPosted(posted)
    expect(messageFault(message)).toBeUndefined()
    expect(customIdsOf(message).join()).toContain(MARKER)
  }
})

it('shows of a reply what fits, and says that there is more', () => {
  const blocks = Array.from({ length: 60 }, (_, n) => [
    { kind: 'text', text: rich`${n} ${'x'.repeat(150)}` } as const,
    { kind: 'divider' } as const,
  ]).flat()
  const reply = paintReply(onlyYou(blocks))
  if (reply.kind !== 'message') throw new Error('no message')
  expect(messageFault(reply.message)).toBeUndefined()
  expect(textsOf(reply.message).at(-1)).toBe('…')
  expect(reply.message.flags).toBe(32_768 + 64)
})

it('shows of a long list what fits', () => {
  const items = Array.from({ length: 30 }, (_, n) => [link(`${n} ${'x'.repeat(200)}`, 'https://a.example/')])
  const message = paintPosted(onlyYou([{ kind: 'bullets', items }]))
  expect(messageFault(message)).toBeUndefined()
  expect(textsOf(message).join('\n').match(/^- /gm)?.length).toBeGreaterThan(15)
})

function partsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(partsOf)
  if (typeof value !== 'object' || value === null) return []
  return [value as Readonly<Record<string, unknown>>, ...Object.values(value).flatMap(partsOf)]
}
const stringsAt = (message: unknown, ...keys: readonly string[]): readonly string[] =>
  partsOf(message).flatMap((part) =>
    keys.flatMap((key) => {
      const value = part[key]
      return typeof value === 'string' ? [value] : []
    }),
  )
/** All that Discord reads as markdown, in order. */
const textsOf = (message: unknown) => stringsAt(message, 'content', 'title', 'description')
const customIdsOf = (message: unknown) => stringsAt(message, 'custom_id')
const linksOf = (message: unknown) => stringsAt(message, 'url')
/** Without what stands behind a backslash. */
const unescaped = (text: string) => text.replace(/\\[\s\S]/g, '')
