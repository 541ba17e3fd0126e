/** What expires and can be made again, by keyv over a table of the same file. Time is the store's clock, not keyv's. */
import { Keyv } from 'keyv'
import type { Cache } from '../../flow/ports.ts'
import type { Database } from './sql.ts'

/** Expired rows are deleted at every so many writings; the sweep takes the rest. */
const SWEEP_EVERY = 100

export function openCache(database: Database, now: () => number): Cache {
  // Expiry is checked by the adapter: keyv's own check reads the machine's clock.
  const keyv = new Keyv({ store: adapterOf(database, now), checkExpired: false })
  const failed: unknown[] = []
  // Keyv tells errors by an event and returns nothing: a broken disk must not look like an empty cache.
  keyv.on('error', (error: unknown) => failed.push(error))
  const told = async <Result>(asked: Promise<Result>): Promise<Result> => {
    const result = await asked
    if (failed.length > 0) throw new Error('Cannot use the cache', { cause: failed.splice(0)[0] })
    return result
  }
  return {
    get: (key) => told(keyv.get<unknown>(key)),
    set: async (key, value, ttlMs) => {
      await told(keyv.set(key, value, Math.max(1, Math.ceil(ttlMs))))
    },
    delete: async (key) => {
      await told(keyv.delete(key))
    },
  }
}

/** A storage adapter in keyv's older form, which is told how long and not until when. */
function adapterOf({ read, write }: Database, now: () => number) {
  let writings = 0
  const get = (key: string) =>
    read(
      (sql) =>
        sql.first<{ value: string }>('select value from cache where key = :key and expires_at > :now', {
          key,
          now: now(),
        })?.value,
    )
  const remove = (key: string) => write((sql) => sql.run('delete from cache where key = :key', { key }) === 1)
  return {
    get: async (key: string) => get(key),
    has: async (key: string) => (await get(key)) !== undefined,
    set: async (key: string, value: unknown, ttlMs = Number.MAX_SAFE_INTEGER / 2) =>
      write((sql) => {
        if (++writings % SWEEP_EVERY === 0) sql.run('delete from cache where expires_at <= :now', { now: now() })
        sql.run(
          `insert into cache (key, value, expires_at) values (:key, :value, :at)
           on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at`,
          { key, value: String(value), at: now() + Math.ceil(ttlMs) },
        )
        return true
      }),
    delete: async (key: string) => remove(key),
    clear: async () => write((sql) => void sql.run('delete from cache')),
  }
}
