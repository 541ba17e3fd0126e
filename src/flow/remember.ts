/** Text that a button remembers: in its custom_id where it fits, else in the cache under a name. */
import { packText, unpackText } from '../core/text-state.ts'
import type { World } from './command.ts'

/** A page that nobody turned for a month is asked for anew. */
const KEPT_MS = 30 * 24 * 60 * 60_000
/** A packed text says what it is with its first letter. */
const INSIDE = 't'
const NAMED = 'k'

export async function rememberText(text: string, { cache, chance }: Pick<World, 'cache' | 'chance'>): Promise<string> {
  const packed = packText(text)
  if (packed !== undefined) return INSIDE + packed
  const name = chance()
  await cache.set(`text:${name}`, text, KEPT_MS)
  return NAMED + name
}

/** Undefined when it expired or nobody of us made it. */
export async function recallText(
  kept: string | undefined,
  { cache }: Pick<World, 'cache'>,
): Promise<string | undefined> {
  if (kept?.startsWith(INSIDE)) return unpackText(kept.slice(1))
  if (!kept?.startsWith(NAMED)) return undefined
  const text = await cache.get(`text:${kept.slice(1)}`)
  return typeof text === 'string' ? text : undefined
}
