import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../src/edge/store/sqlite.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { addFeed, BELTRAN, bring, commonFeeds, match, notice, subscription, T0 } from '../contract/store/world.ts'
import { runProgram, scratch } from './program.ts'

let place: ReturnType<typeof scratch>
let store: Store
beforeEach(async () => {
  place = scratch()
  const opened = await openStore({ path: path.join(place.data, 'pullquote.sqlite'), now: () => T0 })
  if (opened.kind === 'refused') throw new Error(opened.message)
  store = opened.store
})
afterEach(async () => {
  await store.close()
  place.remove()
})

const run = (...args: readonly string[]) =>
  runProgram(['export', ...args], { DATA_DIR: place.data, CONFIG_DIR: place.config, LOG_LEVEL: 'silent' }).ended
const linesOf = (text: string): readonly Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('all that is kept comes as JSON lines, the first of which tells their version', async () => {
  await store.joinServer(BELTRAN, T0)
  await commonFeeds(store, 'tide')
  await addFeed(store, 'moor', BELTRAN)
  await store.addSubscription(subscription('one'), 5)
  await bring(store, { feed: 'tide', name: 'Heron', matches: [match('sea', 'ferry')] }, T0)
  await store.addDelivery(notice(1), T0)
  const { code, out, err } = await run('--format', 'jsonl')
  expect([code, err]).toEqual([0, ''])
  const [head, ...rest] = linesOf(out)
  expect(head).toMatchObject({ row: 'pullquote', version: 1, schema: expect.stringMatching(/^\d{4}-/) })
  const of = (kind: string) => rest.filter((line) => line['row'] === kind)
  expect(of('server')).toMatchObject([{ id: BELTRAN, joinedAt: T0 }])
  expect(of('feed').map(({ id }) => id)).toEqual(['moor', 'tide'])
  expect(of('feedOfServer')).toMatchObject([{ feedId: 'moor', serverId: BELTRAN }])
  expect(of('subscription')).toMatchObject([{ id: 'one', rhythm: 'each' }])
  expect(of('article')).toMatchObject([
    { title: 'The ferry Heron', text: expect.any(String), outlet: expect.any(String) },
  ])
  expect(of('match')).toMatchObject([{ topicId: 'sea', terms: ['ferry'] }])
  expect(of('delivery')).toMatchObject([{ state: 'queued', alert: { notice: 'Notice 1' } }])
  expect(of('journal')).toMatchObject([{ said: 'planned' }])
  expect(new Set(rest.map(({ row }) => row))).toEqual(
    new Set((head as { rows: string[] }).rows.filter((kind) => !['mute', 'hiddenQuote'].includes(kind))),
  )
})

test('it goes into a file of its owner, never over one, and many rows do not stand in memory at once', async () => {
  const other = new DatabaseSync(path.join(place.data, 'pullquote.sqlite'))
  other.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
    insert into journal select 'channel:' || i, 'card:x', 0, ${T0}, 's', 'c', 'muted', printf('%.1000c', 'x') from n`)
  other.close()
  const file = path.join(place.dir, 'all.jsonl')
  expect((await run('--format', 'jsonl', file)).code).toBe(0)
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(linesOf(readFileSync(file, 'utf8'))).toHaveLength(20_001)
  const again = await run('--format', 'jsonl', file)
  expect([again.code, again.err]).toEqual([1, `Cannot write ${file}: it is there already; name another file.\n`])
})

test('a damaged row is told as it is, and a format that there is not by those that there are', async () => {
  await store.addDelivery(notice(1), T0)
  const other = new DatabaseSync(path.join(place.data, 'pullquote.sqlite'))
  other.exec("update deliveries set body = '{broken'")
  other.close()
  const { out } = await run('--format', 'jsonl')
  expect(linesOf(out).find(({ row }) => row === 'delivery')).toMatchObject({ damaged: '{broken' })
  const wrong = await run('--format', 'xml')
  expect([wrong.code, wrong.err]).toEqual([2, 'There is no format "xml". Use one of opml, jsonl.\n'])
  expect(existsSync(path.join(place.dir, 'all.jsonl'))).toBe(false)
})
