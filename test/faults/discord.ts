/** The stand-in in a process of its own, with a journal on disk. */
import { appendFileSync } from 'node:fs'
import type { Entry } from '../stand-in/journal.ts'
import type { RateLimitMode } from '../stand-in/rate-limits.ts'
import { type StandIn, startStandIn } from '../stand-in/stand-in.ts'
import { isList, type Line, monotonicMs, tagsIn } from './journal.ts'
import { peerOptions, servePeer } from './peer.ts'

export type DiscordOptions = Readonly<{
  seed: number
  journal: string
  nonceWindowMs: number
  rateLimits: RateLimitMode
}>
export type DiscordMethods = Omit<StandIn, 'journal' | 'violations'> &
  Readonly<{
    about: () => Readonly<{ apiUrl: string; token: string }>
    /** Resolves when so many more requests of a route came in, or after `ms`, or when none came for `quietMs` after the first. @returns how many came */
    comes: (asked: Readonly<{ route: string; count: number; ms: number; quietMs?: number }>) => Promise<number>
  }>

if (process.send) await serve(peerOptions<DiscordOptions>())

async function serve({ journal, ...options }: DiscordOptions): Promise<void> {
  const watchers = new Set<(entry: Entry) => void>()
  const standIn = await startStandIn({
    ...options,
    onRequest: (entry) => {
      appendFileSync(journal, `${JSON.stringify(lineOf(entry))}\n`)
      for (const watch of watchers) watch(entry)
    },
  })
  const comes: DiscordMethods['comes'] = ({ route, count, ms, quietMs = ms }) =>
    new Promise((resolve) => {
      let seen = 0
      const end = (): void => {
        clearTimeout(timer)
        clearTimeout(quiet)
        watchers.delete(watch)
        resolve(seen)
      }
      const watch = (entry: Entry): void => {
        if (entry.route !== route) return
        seen += 1
        clearTimeout(quiet)
        if (seen >= count) end()
        else quiet = setTimeout(end, quietMs)
      }
      let quiet: NodeJS.Timeout | undefined
      const timer = setTimeout(end, ms)
      watchers.add(watch)
    })
  servePeer({ ...standIn, about: () => ({ apiUrl: standIn.apiUrl, token: standIn.token }), comes })
}

function lineOf({ n, method, path, route, body, status, effect, fault }: Entry): Line {
  const speaks = method === 'POST' && effect !== undefined
  return {
    n,
    ms: monotonicMs(),
    method,
    path,
    route,
    status: status ?? 0,
    effect: effect ?? '',
    fault: fault ?? '',
    tags: speaks ? tagsIn(body) : [],
    isList: speaks && isList(body),
  }
}
