/** What a button remembers: text in its custom_id where it fits, anything else in the cache under a name that nobody can guess. */
import type { PersonId, ServerId } from '../core/model.ts'
import { packText, unpackText } from '../core/text-state.ts'
import type { Cache, Chance } from './ports.ts'

type Memory = Readonly<{ cache: Cache; chance: Chance }>
/** Whose it is: a server's, or in a direct message a person's. */
type Place = Readonly<{ serverId?: ServerId; personId: PersonId }>

/** A page that nobody turned for a month is asked for anew. */
const TEXT_KEPT_MS = 30 * 24 * 60 * 60_000
/** A packed text says what it is with its first letter. */
const INSIDE = 't'
const NAMED = 'k'

/** @param charsMax - what the rest of the custom_id leaves, 23 at the least */
export async function rememberText(text: string, charsMax: number, { cache, chance }: Memory): Promise<string> {
  const packed = packText(text, charsMax - INSIDE.length)
  if (packed !== undefined) return INSIDE + packed
  const name = chance()
  await cache.set(`text:${name}`, text, TEXT_KEPT_MS)
  return NAMED + name
}

/** Undefined when it expired or nobody of us made it. */
export async function recallText(
  kept: string | undefined,
  { cache }: Pick<Memory, 'cache'>,
): Promise<string | undefined> {
  if (kept?.startsWith(INSIDE)) return unpackText(kept.slice(1))
  if (!kept?.startsWith(NAMED)) return undefined
  const text = await cache.get(`text:${kept.slice(1)}`)
  return typeof text === 'string' ? text : undefined
}

type Keeping = Readonly<{ kind: string; value: unknown; keptMs: number; name?: string }>

/** Keeps plain data for the place where it was said: a name that reaches another server opens nothing there.
 *  @returns the name, 16 characters (96 bits), or the one given */
export async function keepHere({ kind, value, keptMs, name }: Keeping, place: Place, memory: Memory): Promise<string> {
  const known = name ?? memory.chance().slice(0, 16)
  await memory.cache.set(`${kind}:${known}`, { place: placeOf(place), value }, keptMs)
  return known
}

/** What `keepHere` kept here under the same kind; its shape is ours. Undefined when it expired. */
export async function recallHere<Value>(
  { kind, name }: Readonly<{ kind: string; name: string | undefined }>,
  place: Place,
  { cache }: Pick<Memory, 'cache'>,
): Promise<Value | undefined> {
  const kept = name ? await cache.get(`${kind}:${name}`) : undefined
  if (typeof kept !== 'object' || kept === null || !('place' in kept && 'value' in kept)) return undefined
  return kept.place === placeOf(place) ? (kept.value as Value) : undefined
}

function placeOf({ serverId, personId }: Place): string {
  return serverId ?? personId
}
