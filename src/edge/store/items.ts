/** Items that wait to be read. */
import type { Admission } from '../../core/admit.ts'
import type { Item, ItemId } from '../../core/model.ts'
import type { Claimed, KeptItem, Store } from '../../flow/ports/store.ts'
import { keepArticle } from './articles.ts'
import { type FeedRow, feedOf } from './feed-rows.ts'
import { nounIn } from './json.ts'
import type { Database, Sql } from './sql.ts'
import { FEED_POLLED } from './viewer.ts'

type ItemMethods = Pick<Store, 'claimItems' | 'keepArticle' | 'putItemBack'>

/** Under which so many lives ended, an item is given up, or none would ever get past it. A life may end for reasons of its own, many times in a
 *  row: that alone must never cost an alert, and long before this the item's title alone is read (flow/read.ts). */
const ATTEMPTS_MAX = 100

export function itemMethods({ write, gather }: Database): ItemMethods {
  return {
    claimItems: (terms, now) => gather((sql) => claimItems(sql, terms, now)),
    keepArticle: (claimed, keeping, now) => write((sql) => keepArticle(sql, { claimed, keeping }, now)),
    putItemBack: (claimed, readAt) =>
      write((sql) => {
        sql.run(
          `update items set read_at = :at, attempts = attempts + 1, lease = null, lease_until = null
           where id = :id and lease = :lease and state = 'waiting'`,
          { at: Math.ceil(readAt), id: claimed.work.id, lease: claimed.lease },
        )
      }),
  }
}

type ItemRow = Readonly<{
  seq: number
  id: string
  feed_id: string
  body: string | null
  admission: string | null
  first_seen_at: number
  attempts: number
  lease: string | null
}>

/** Hosts take turns: its n-th waiting item comes after everybody's items before the n-th, and those being read count. */
const WAITING = `with busy as (select host, count(*) n from items where state = 'waiting' and lease_until > :now group by host),
  ready as (select i.*, row_number() over (partition by i.host order by i.first_seen_at, i.published_at, i.seq)
      + coalesce((select n from busy where busy.host = i.host), 0) turn
    from items i join feeds f on f.id = i.feed_id
    where i.state = 'waiting' and i.read_at <= :now and (i.lease is null or i.lease_until <= :now) and ${FEED_POLLED})
  select seq, id, feed_id, body, admission, first_seen_at, attempts, lease from ready
  order by turn, first_seen_at, published_at, seq limit :max`

function claimItems(
  sql: Sql,
  { lease, leaseMs, max }: Parameters<Store['claimItems']>[0],
  now: number,
): readonly Claimed<KeptItem>[] {
  const until = now + leaseMs
  return sql.all<ItemRow>(WAITING, { now, max }).flatMap((row): readonly Claimed<KeptItem>[] => {
    // A lease that nobody gave back: that reading took its worker down.
    const attempts = row.attempts + (row.lease === null ? 0 : 1)
    const work = attempts < ATTEMPTS_MAX ? keptItem(sql, { ...row, attempts }) : undefined
    if (!work) {
      sql.run("update items set state = 'lost', body = null, lease = null, lease_until = null where seq = :seq", {
        seq: row.seq,
      })
      return []
    }
    sql.run('update items set lease = :lease, lease_until = :until, attempts = :attempts where seq = :seq', {
      seq: row.seq,
      lease,
      until,
      attempts,
    })
    return [{ work, lease, until }]
  })
}

function keptItem(sql: Sql, row: ItemRow): KeptItem | undefined {
  const feedRow = sql.first<FeedRow>('select * from feeds where id = :id', { id: row.feed_id })
  const feed = feedRow && feedOf(feedRow)
  const item = nounIn<Item>(row.body, 'title', 'url')
  const admission = nounIn<Admission>(row.admission, 'kind')
  if (!feed || !item || !admission) return undefined
  return { id: row.id as ItemId, feed, item, firstSeenAt: row.first_seen_at, admission, attempts: row.attempts }
}
