import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { openStore } from '../../../src/edge/store/sqlite.ts'
import { T0 } from '../../contract/store/world.ts'
import { storeCases } from '../../contract/store-cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'pullquote-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const texts = new Set<string>()
const { prepare } = DatabaseSync.prototype
DatabaseSync.prototype.prepare = function noted(text, ...more) {
  texts.add(text.replace(/\s+/g, ' ').trim())
  return prepare.call(this, text, ...more)
}
afterAll(() => {
  DatabaseSync.prototype.prepare = prepare
})
let opened = 0
storeCases('sqlite', async () => {
  const result = await openStore({ path: join(folder, `${++opened}.db`), now: () => T0 })
  if (result.kind === 'refused') throw new Error(result.message)
  return result.store
})

/** Tables that hold months of news: whoever goes through one of them holds everything up, a little more each day. */
const GROWING = /^SCAN (deliveries|items|articles|article_\w+|journal|quotes|stories|[aboidqmj])\b/
/** Nearly all rows are in one state, and nearly all articles are everyone's. */
const DULL = /USING (COVERING )?INDEX (deliveries_state|articles_common)\b/
/** What may, by its beginning. */
const MAY = [
  // From the newest on, as far as a page.
  'select * from deliveries order by seq desc limit :limit',
  'select a.* from articles a where',
  'select count(distinct story_id) count from (select a.story_id from articles a where',
  'select a.*, q.start from quotes q',
  'select count(*) count from (select 1 from quotes q',
  'select sent_at - seen_at took from (select sent_at, seen_at from deliveries indexed by deliveries_state',
  // States that few are in.
  "select * from deliveries d where state = 'held'",
  "select * from deliveries where channel_id = :channel and state = 'held'",
  "select distinct target from deliveries where state = 'sending'",
  "update deliveries set due_at = min(due_at, :now) where state = 'sending'",
  // Articles that are not everyone's.
  'select * from articles a where a.common = 0',
  'update articles set common = 1 where common = 0',
  // At the first start of a newer version.
  'insert into journal select target',
  // At a start.
  'select distinct target from deliveries where due_at > :far',
  'update deliveries set due_at = :now where due_at > :far',
  // Counts, by the index alone.
  'select count(*) count from articles a',
  'select state, count(*) count from deliveries',
]

it('nothing that is asked goes through all that was ever kept', () => {
  const db = new DatabaseSync(join(folder, '1.db'), { readOnly: true })
  const asked = [...texts].filter((text) => /^(select|insert|update|delete|with) /.test(text))
  const wide = asked.filter((text) => {
    if (/\b(item_aliases|waiting_ids_items)\b/.test(text)) return false // of migrations: they are no more
    const plan = db
      .prepare(`explain query plan ${text}`)
      .all()
      .map(({ detail }) => String(detail))
    return plan.some((step) => (GROWING.test(step) && !step.includes('INDEX items_waiting')) || DULL.test(step))
  })
  db.close()
  expect(asked.length).toBeGreaterThan(150)
  expect(wide.filter((text) => !MAY.some((start) => text.startsWith(start)))).toEqual([])
  expect(MAY.filter((start) => !wide.some((text) => text.startsWith(start)))).toEqual([])
})
