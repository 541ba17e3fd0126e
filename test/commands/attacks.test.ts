/** The corpus of hostile input, where it lies beside the project: keywords and requests as somebody would send them. Its cases for what
 *  commands never see (stale tokens, WebSub, the preview's guard) are tested at their edges. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { customId } from '../../src/core/custom-id.ts'
import { paintReply } from '../../src/core/paint.ts'
import type { Reply } from '../../src/core/reply.ts'
import { BELTRAN } from '../contract/store/world.ts'
import { cpuMs } from '../fakes/cpu.ts'
import { ALONE, labelsOf, MANAGER, messageOf, STRANGER, textOf, useHouse } from './house.ts'
import { newsroom } from './newsroom.ts'

type Attack = Readonly<{ id: string; kind: string; value: unknown; must: Readonly<{ maxMs: number }> }>

const MANIFEST = path.join(import.meta.dirname, '../../../shared/attacks/manifest.json')
const cases: readonly Attack[] = existsSync(MANIFEST) ? JSON.parse(readFileSync(MANIFEST, 'utf8')).cases : []
const ofKind = (wanted: string) => cases.filter(({ kind }) => kind === wanted).map((one) => [one.id, one] as const)

const house = useHouse(newsroom)
const painted = (reply: Reply): string => JSON.stringify(paintReply(reply))
/** As JSON spells them. */
const HOSTILE = /\\u0000|[\u202a-\u202e\u2066-\u2069]/
const subscriptions = () => house.store.subscriptions(BELTRAN)

describe.skipIf(cases.length === 0)('hostile keywords (skipped without ../shared/attacks)', () => {
  it.each(ofKind('keyword'))('%s is followed or refused in one line', async (_, { value, must }) => {
    const began = cpuMs()
    const asked = await house.run('subscribe', { words: String(value) })
    expect(cpuMs() - began).toBeLessThan(must.maxMs)
    expect(painted(asked)).not.toMatch(HOSTILE)
    expect(house.logged.filter(({ level }) => level === 'error')).toEqual([])
    if (messageOf(asked).tone === 'bad') return expect(await subscriptions()).toEqual([])
    const done = await house.press([asked, 'Subscribe'])
    expect(painted(done)).not.toMatch(HOSTILE)
    expect(labelsOf(done)).toContain('Undo')
    expect(await subscriptions()).toHaveLength(1)
    const listed = [await house.run('subscriptions'), await house.run('unsubscribe')]
    for (const reply of listed) expect(painted(reply)).not.toMatch(HOSTILE)
  })
})

const flood = async (count: number): Promise<readonly string[]> => {
  house.stepMs = 0
  house.web({ allowPrivate: ['127.0.0.0/8'] })
  const texts: string[] = []
  for (let n = 0; n < count; n += 1) {
    const by = { ...MANAGER, personId: `person-${n}` as never }
    texts.push(textOf(await house.run('feeds add', { url: house.strings.url(`/none${n}`) }, by)))
  }
  return texts
}

/** What a case of the corpus is at this level, and what is said to it. */
const COMMANDS: Readonly<Record<string, readonly [ask: () => Promise<Reply>, says: RegExp]>> = {
  'cmd-other-guild-channel': [() => house.run('subscribe', { topic: 'nato', channel: 'meadow' }), /not in this server/],
  'cmd-dm': [() => house.run('subscribe', { topic: 'nato' }, ALONE), /works in a server only/],
  'cmd-component-foreign': [
    async () => {
      await house.press([await house.run('subscribe', { topic: 'nato' }, STRANGER), 'Subscribe'], { by: STRANGER })
      const [foreign] = await house.store.subscriptions(STRANGER.serverId ?? BELTRAN)
      return house.press(customId('unsubscribe', 'chosen', foreign?.id ?? ''))
    },
    /no such subscription in this server/,
  ],
  'cmd-bot-no-access': [
    () => {
      house.standing = { kind: 'lacking', missing: ['Send Messages'] }
      return house.run('subscribe', { topic: 'nato' })
    },
    /I am missing Send Messages there/,
  ],
  'cmd-unicode-name': [() => house.run('subscribe', { words: '\u202e'.repeat(100) }), /letter or digit|no keyword/],
}
const FLOODS: ReadonlySet<string> = new Set(['cmd-flood-guild', 'cmd-same-host-1000'])
const ELSEWHERE: ReadonlySet<string> = new Set([
  'cmd-user-install', // the edge says which server it is, or none
  'cmd-stale',
  'cmd-websub-unsigned',
  'cmd-preview-csrf',
])

describe.skipIf(cases.length === 0)('hostile requests (skipped without ../shared/attacks)', () => {
  it.each(ofKind('command').filter(([id]) => COMMANDS[id]))('%s is refused', async (id, { must }) => {
    const [ask, says] = COMMANDS[id] ?? []
    const began = cpuMs()
    const reply = await ask?.()
    expect(cpuMs() - began).toBeLessThan(must.maxMs)
    expect(reply && textOf(reply)).toMatch(says ?? /never/)
    expect(reply && messageOf(reply).tone).toBe('bad')
    expect(await subscriptions()).toEqual([])
  })

  it.each(ofKind('command').filter(([id]) => FLOODS.has(id)))('%s makes us fetch ten times', async () => {
    const texts = await flood(30)
    expect(house.strings.count()).toBe(10)
    expect(texts.slice(10).every((text) => text.startsWith('That was too fast for me'))).toBe(true)
  })

  it('has no case that is neither here nor at an edge', () => {
    const ids = ofKind('command').map(([id]) => id)
    expect(ids.filter((id) => !(COMMANDS[id] || FLOODS.has(id) || ELSEWHERE.has(id)))).toEqual([])
  })
})
