/** What the rules' tests share: one feed on a server that a test makes misbehave, and what was asked of it. */
import type { Feed } from '../../../src/core/model.ts'
import { createWeb, type WebOptions } from '../../../src/edge/web/web.ts'
import type { SeenRequest } from '../../web/web.ts'
import type { News } from '../news.ts'
import { MINUTE, type Stage, T0 } from '../stage.ts'

/** Longer than the interval with its jitter. */
export const NEXT = 6 * MINUTE

export const news = (name: string, at = T0, more: Partial<News> = {}): News => ({ name, at, ...more })
export const many = (count: number, salt = 'n', everyMs = MINUTE): readonly News[] =>
  Array.from({ length: count }, (_, n) => news(`${salt}${n}`, T0 - n * everyMs))

export async function feedOf({ store }: Stage, name = 'tide'): Promise<Feed> {
  const found = (await store.allFeeds()).find(({ id }) => id === name)
  if (!found) throw new Error(`no feed "${name}"`)
  return found
}

/** Requests for feeds' documents, oldest first. */
export function asked({ strings }: Stage, host?: string): readonly SeenRequest[] {
  return strings.requests.filter((request) => request.path === '/feed' && (host === undefined || request.host === host))
}

/** Another downloader in the stage's place, until `run` ends. */
export async function withWeb<T>(stage: Stage, options: Partial<WebOptions>, run: () => Promise<T>): Promise<T> {
  const before = stage.web
  const { resolve, dial } = stage.strings
  const basic = { userAgent: 'Pullquote/0 (+test)', allowPrivate: [], exemptOrigins: [], hostGapMs: 0, resolve, dial }
  const web = createWeb({ ...basic, now: () => stage.now, elapsed: () => stage.now, ...options })
  stage.web = web
  try {
    return await run()
  } finally {
    stage.web = before
    await web.close()
  }
}
