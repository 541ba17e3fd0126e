/** What expires and can be made again, by keyv over a table of the same file. Time is the store's clock, not keyv's. */
import { Keyv } from 'keyv'
import type { Cache } from '../../flow/ports.ts'
import { fromJson } from './json.ts'
import type { Database } from './sql.ts'

/** Expired rows are deleted at every so many writings; the sweep takes the rest. */
const SWEEP_EVERY = 100

/** `until` is epoch milliseconds of the store's clock. */
type Dated = Readonly<{ until: number; value: unknown }>

/** Throws when the file cannot be used: a broken disk must not look like an empty cache. */
export function openCache(database: Database, now: () => number): Cache {
  // Keyv's own expiry reads the machine's clock and rounds; the adapter's is exact.
  const keyv = new Keyv<Dated>({ store: adapterOf(database, now), serialization: false, checkExpired: false })
  const failed: unknown[] = []
  // Keyv tells errors by an event, and returns nothing.
  keyv.on('error', (error: unknown) => failed.push(error))
  const told = async <Result>(asked: Promise<Result>): Promise<Result> => {
    const result = await asked
    if (failed.length > 0) throw new Error('Cannot use the cache', { cause: failed.splice(0)[0] })
    return result
  }
  return {
    get: async (key) => (await told(keyv.get(key)))?.value,
    set: async (key, value, ttlMs) => {
      await told(keyv.set(key, { until: now() + ttlMs, value }))
    },
    delete: async (key) => {
      await told(keyv.delete(key))
    },
  }
}

/** What keyv asks of a storage; entries come as `{ value }`. */
function adapterOf({ read, write }: Database, now: () => number) {
  let writings = 0
  const get = (key: string) =>
    read((sql) => {
      const wanted = 'select value, expires_at from cache where key = :key and expires_at > :now'
      const row = sql.first<{ value: string; expires_at: number }>(wanted, { key, now: now() })
      return row && { value: { until: row.expires_at, value: fromJson(row.value) } }
    })
  return {
    get: async (key: string) => get(key),
    has: async (key: string) => (await get(key)) !== undefined,
    set: async (key: string, { value: { until, value } }: Readonly<{ value: Dated }>) =>
      write((sql) => {
        if (++writings % SWEEP_EVERY === 0) sql.run('delete from cache where expires_at <= :now', { now: now() })
        sql.run(
          `insert into cache (key, value, expires_at) values (:key, :value, :until)
           on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at`,
          { key, value: JSON.stringify(value), until: Math.ceil(until) },
        )
        return true
      }),
    delete: async (key: string) => write((sql) => sql.run('delete from cache where key = :key', { key }) === 1),
    clear: async () => write((sql) => void sql.run('delete from cache')),
  }
}
