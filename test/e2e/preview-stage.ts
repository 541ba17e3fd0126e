/** A browser for the file; a preview and a page of it for each test. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { ChannelId, SentMessage, ServerId } from '../../src/core/model.ts'
import { ALERTS, type Opened, opened } from '../edge/preview/opened.ts'
import { openBrowser, openPage, type Watched } from './browser.ts'

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4" fill="#17a"/></svg>'
export const signal = new AbortController().signal

export type Stage = {
  browser: Browser
  preview: Opened
  watched: Watched
  page: Page
  say(message: object, channelId?: ChannelId): Promise<SentMessage>
  open(options?: BrowserContextOptions): Promise<void>
}

/** Registers the hooks; what it returns is filled in before each test. */
export function usePreview(): Stage {
  let nonces = 0
  const stage = {
    async say(message, channelId = ALERTS) {
      const target = { kind: 'channel', serverId: '1' as ServerId, channelId } as const
      const payload = JSON.stringify(message)
      const outcome = await stage.preview.chat.post({ target, payload, nonce: `n${++nonces}` }, signal)
      if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome))
      return outcome.message
    },
    async open(options = {}) {
      stage.watched = await openPage(stage.browser, stage.preview.url, options)
      stage.page = stage.watched.page
      await stage.page.waitForSelector('.connected')
    },
  } as Stage
  beforeAll(async () => {
    stage.browser = await openBrowser()
  })
  afterAll(() => stage.browser?.close())
  beforeEach(async () => {
    stage.preview = await opened({
      now: () => Date.now(),
      fetchImage: async (url) =>
        url.includes('missing') ? undefined : { bytes: Buffer.from(svg), contentType: 'image/svg+xml' },
    })
  })
  afterEach(async () => {
    await stage.watched?.close()
    await stage.preview.close()
  })
  return stage
}
