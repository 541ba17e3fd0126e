/** A web of strings with guarded downloaders onto it, both closed when the test ends. */
import { afterEach, beforeEach } from 'vitest'
import { createWeb, type WebOptions } from '../../../src/edge/web/web.ts'
import type { Download, DownloadRequest, Web } from '../../../src/flow/ports.ts'
import { startWeb, type WebOfStrings } from '../../web/web.ts'

export const NOW = Date.UTC(2026, 9, 5, 10)
export const FEED = '<rss version="2.0"><channel><title>Dry Dock Herald</title></channel></rss>'

export type Stage = {
  strings: WebOfStrings
  /** Names and addresses lead to the web of strings; no gap, unless a test is about it. */
  open(options?: Partial<WebOptions>): ReturnType<typeof createWeb>
  /** Onto the real loopback, with nothing played. */
  openReal(options: Partial<WebOptions>): ReturnType<typeof createWeb>
  restart(...given: Parameters<typeof startWeb>): Promise<void>
}

export function useStage(): Stage {
  let opened: { close(): Promise<void> }[] = []
  const keep = <T extends { close(): Promise<void> }>(each: T): T => {
    opened.unshift(each)
    return each
  }
  const basic = { userAgent: 'Pullquote/0 (+test)', allowPrivate: [], exemptOrigins: [], now: () => NOW, hostGapMs: 0 }
  const stage: Stage = {
    strings: undefined as unknown as WebOfStrings,
    open: (options) => {
      const { resolve, dial } = stage.strings
      return keep(createWeb({ ...basic, resolve, dial, ...options }))
    },
    openReal: (options) => keep(createWeb({ ...basic, ...options })),
    async restart(...given) {
      stage.strings = keep(await startWeb(...given))
    },
  }
  beforeEach(() => stage.restart())
  afterEach(async () => {
    for (const each of opened) await each.close()
    opened = []
  })
  return stage
}

export const never = new AbortController().signal
export const get = (web: Web, url = 'http://herald.test/feed', more: Partial<DownloadRequest> = {}) =>
  web.download({ url, kind: 'feed', ...more }, never)
export const bodyOf = (download: Download) =>
  download.kind === 'fetched' ? Buffer.from(download.bytes).toString() : download
