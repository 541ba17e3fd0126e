import type { Cache } from '../../src/flow/ports.ts'

/** A cache in memory whose clock is the test's. What goes in comes out as a copy, as from a file. */
export function createFakeCache(now: () => number): Cache {
  const kept = new Map<string, Readonly<{ text: string; until: number }>>()
  return {
    async get(key) {
      const found = kept.get(key)
      return found && found.until > now() ? JSON.parse(found.text) : undefined
    },
    set: async (key, value, ttlMs) => void kept.set(key, { text: JSON.stringify(value), until: now() + ttlMs }),
    delete: async (key) => void kept.delete(key),
  }
}
