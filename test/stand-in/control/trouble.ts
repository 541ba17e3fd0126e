/** What goes wrong, and what was seen. */
import type { Fault } from '../faults.ts'
import type { GatewayEvent } from '../gateway.ts'
import type { Entry, Violation } from '../journal.ts'
import type { RateLimitCounts } from '../rate-limits.ts'
import { freshToken } from '../world.ts'
import type { Inside } from './inside.ts'

export type Trouble = ReturnType<typeof createTrouble>

/** Discord counts 401, 403 and 429 over ten minutes, and bans an address at ten thousand. */
const INVALID_WINDOW_MS = 10 * 60_000

export function createTrouble({ world, gateway, journal, limits, faults, invalid, turnClock }: Inside) {
  return {
    /** Adds rules; the first that strikes is played. */
    addFaults: ({ rules }: Readonly<{ rules: readonly Fault[] }>): void => {
      for (const rule of rules) faults.add(rule)
    },
    clearFaults: (): void => faults.clear(),
    /** Discord is gone: every request is reset before it has an effect, no gateway opens, and those open are cut. */
    goDown: (): void => {
      faults.add({ kind: 'reset' })
      gateway.shut(true)
      gateway.drop('cut')
    },
    /** Discord is well again; all fault rules are gone. */
    comeBack: (): void => {
      faults.clear()
      gateway.shut(false)
    },
    /** Ids, nonces and interaction tokens are so much older at once; rate limits and waits go by the real clock. */
    turnClock: ({ byMs }: Readonly<{ byMs: number }>): void => turnClock(byMs),
    /** Closes all gateway connections: with this code (4000 if absent), or by cutting the line. */
    dropGateway: ({ code }: Readonly<{ code?: number | 'cut' }> = {}): void => gateway.drop(code),
    /** The gateway connections of this moment stay open and go silent. */
    zombie: (): void => gateway.zombie(),
    invalidateSession: ({ resumable = false }: Readonly<{ resumable?: boolean }> = {}): void =>
      gateway.invalidate(resumable),
    askReconnect: (): void => gateway.askReconnect(),
    /** The next so many RESUMEs are refused with "invalid session". */
    refuseResumes: ({ count = 1 }: Readonly<{ count?: number }> = {}): void => gateway.refuseResumes(count),
    /** The next so many IDENTIFYs are answered by closing with this code. */
    refuseIdentifies: ({ code, count = 1 }: Readonly<{ code: number; count?: number }>): void =>
      gateway.refuseIdentifies(code, count),
    /** The next so many IDENTIFYs get no answer at all. */
    ignoreIdentifies: ({ count = 1 }: Readonly<{ count?: number }> = {}): void => gateway.ignoreIdentifies(count),
    /** 401 for every request from now on, and 4004 on the gateway. */
    revokeToken: (): void => {
      world.application.revoked = true
      gateway.drop(4004)
    },
    /** A new token is made in the developer portal; the old one is dead. @returns the new one */
    resetToken: (): Readonly<{ token: string }> => {
      world.application.token = freshToken(world)
      world.application.revoked = false
      gateway.drop(4004)
      return { token: world.application.token }
    },
    /** Requests in order, youngest last. `route` is a part of "POST /channels/{channel_id}/messages". */
    requests: ({ route, after = 0 }: Readonly<{ route?: string; after?: number }> = {}): readonly Entry[] =>
      journal.entries.filter((entry) => entry.n > after && (route === undefined || entry.route.includes(route))),
    violationsSeen: (): readonly Violation[] => journal.violations,
    gatewayEvents: (): readonly GatewayEvent[] => gateway.events,
    gatewayState: () => ({ connected: gateway.connected(), identifiesLeft: gateway.identifiesLeft() }),
    /** 429s by the limits, and all of 401, 403 and 429 in the last ten minutes. */
    rates: (): RateLimitCounts & Readonly<{ invalidRequests: number }> => ({
      ...limits.counts,
      invalidRequests: invalid.filter((at) => at > world.now() - INVALID_WINDOW_MS).length,
    }),
    clearJournal: (): void => journal.clear(),
  }
}
