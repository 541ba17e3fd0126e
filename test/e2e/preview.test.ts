import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { DIGEST } from '../edge/preview/opened.ts'
import { noBrowser, openPage } from './browser.ts'
import { embedCard, hostileCard, richCard } from './preview-messages.ts'
import { signal, usePreview } from './preview-stage.ts'

const PAGE_BYTES_MAX = 100_000

/** A slow machine draws slowly. */
const SLOW_MS = 120_000

describe.skipIf(noBrowser)(
  `how the preview’s page looks${noBrowser ? ` (${noBrowser})` : ''}`,
  { timeout: SLOW_MS },
  () => {
    const stage = usePreview()
    const { say, open } = stage
    const message = (text: string) => stage.page.locator('.message', { hasText: text })

    it('draws cards quickly, in few bytes, asking nobody else, without an error', async () => {
      await say(embedCard('a'))
      await say(richCard('b'))
      await open()
      const card = message('Council keeps the winter ferry')
      expect(await card.locator('.embed').getAttribute('style')).toContain('#3b82f6')
      expect(await card.locator('.title a').getAttribute('href')).toBe('https://harbourpost.example/a')
      expect(await card.locator('blockquote strong').textContent()).toBe('Mira Holt')
      expect(await card.locator('time.stamp').textContent()).toBe('5 minutes ago')
      expect(await card.locator('.tag').textContent()).toBe('APP')
      expect(await card.getByRole('button', { name: 'Off' }).isDisabled()).toBe(true)
      expect(await card.getByRole('link', { name: 'Read' }).getAttribute('rel')).toBe('noopener noreferrer')
      await expect
        .poll(() => card.locator('.thumb img').evaluate((image: HTMLImageElement) => image.naturalWidth))
        .toBeGreaterThan(0)
      const rich = message('Pilots will not sail')
      expect(await rich.locator('.text li').count()).toBe(2)
      expect(await rich.getByRole('img', { name: 'A pilot boat' }).count()).toBe(1)
      expect(await rich.getByRole('button', { name: '#digest' }).count()).toBe(1)
      expect(stage.watched.bytes()).toBeLessThan(PAGE_BYTES_MAX)
      expect(stage.watched.outside).toEqual([])
      expect(stage.watched.errors).toEqual([])
    })

    it('shows the first card on its opening, to whoever comes later', async () => {
      await say(embedCard('a'))
      stage.watched = await openPage(stage.browser, 'about:blank')
      stage.page = stage.watched.page
      await stage.page.goto(stage.preview.url)
      await stage.page.waitForSelector('.embed .title')
    })

    it.each([
      ['dark', 1440],
      ['light', 1440],
      ['dark', 390],
      ['light', 390],
    ] as const)('has nothing that axe would name, %s at %i px', async (colorScheme, width) => {
      await say(embedCard('a'))
      await say(richCard('b'))
      await open({ colorScheme, viewport: { width, height: 844 } })
      await stage.page.fill('#line', '/echo words:hello')
      await stage.page.keyboard.press('Enter')
      await stage.page.waitForSelector('.ephemeral')
      expect(await violations()).toEqual([])
      await stage.page.keyboard.type('/echo ')
      await stage.page.waitForSelector('#line-menu [role="option"]')
      await stage.page.evaluate(() => document.body.classList.add('show-raw'))
      expect(await violations()).toEqual([])
      await stage.page.keyboard.press('Escape')
      await stage.page.locator('.select').first().click()
      expect(await violations()).toEqual([])
      await stage.page.keyboard.press('Escape')
      await message('Pilots will not sail').getByRole('button', { name: 'Ask' }).click()
      await stage.page.waitForSelector('dialog[open]')
      expect(await violations()).toEqual([])
      await stage.page.keyboard.press('Escape')
      if (width < 1100) {
        await stage.page.click('#open-panel')
        expect(await violations()).toEqual([])
      }
    })

    async function violations(): Promise<string[]> {
      await stage.page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)))
      await stage.page.evaluate(axe.source)
      const results = await stage.page.evaluate(() =>
        (globalThis as unknown as { axe: { run(): Promise<axe.AxeResults> } }).axe.run(),
      )
      return results.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
      )
    }

    it('shows messages and edits as they come, and counts those of other channels', async () => {
      await open()
      expect(await stage.page.locator('#empty').isVisible()).toBe(true)
      const sent = await say(embedCard('a'))
      await message('Council keeps the winter ferry').waitFor()
      expect(await stage.page.locator('#empty').isVisible()).toBe(false)
      expect(await stage.page.locator('#live').textContent()).toBe(
        'New in alerts: Harbour: Council keeps the winter ferry (Harbour Post)',
      )
      await stage.preview.chat.edit(sent, JSON.stringify(embedCard('a', 'Council keeps both ferries')), signal)
      await message('Council keeps both ferries').locator('.edited').waitFor()
      expect(await stage.page.locator('.message').count()).toBe(1)
      await say(embedCard('c', 'The digest of today'), DIGEST)
      const digest = stage.page.getByRole('button', { name: /digest/ })
      await expect.poll(() => digest.textContent()).toContain('1 new')
      await digest.click()
      await message('The digest of today').waitFor()
      expect(await digest.getAttribute('aria-current')).toBe('page')
      expect(await digest.textContent()).not.toContain('new')
    })

    it('follows the newest, unless somebody reads further up', async () => {
      for (const n of [1, 2, 3, 4]) await say(embedCard(`${n}`, `Story ${n}`))
      await open()
      const atEnd = () =>
        stage.page.$eval('#scroller', (one) => one.scrollHeight - one.scrollTop - one.clientHeight < 4)
      await expect.poll(atEnd).toBe(true)
      await say(embedCard('5', 'Story 5'))
      await message('Story 5').first().waitFor()
      await expect.poll(atEnd).toBe(true)
      await stage.page.$eval('#scroller', (one) => {
        one.scrollTop = 0
      })
      await say(embedCard('6', 'Story 6'))
      await stage.page.getByRole('button', { name: 'New messages' }).click()
      await expect.poll(atEnd).toBe(true)
    })

    it('draws what strangers wrote as text', async () => {
      await say(hostileCard)
      await open()
      const text = await stage.page.locator('.message').textContent()
      expect(text).toContain('<img src=x onerror="document.title=1">')
      expect(text).toContain('[click](javascript:alert(1))')
      expect(text).toContain('<script>document.title=2</script>')
      expect(await stage.page.locator('.message script, .message .text img, .message b').count()).toBe(0)
      expect(await stage.page.title()).toBe('#alerts · Pullquote preview')
      expect(stage.watched.outside).toEqual([])
    })

    it('fits a phone, with the channels and the panel behind their buttons', async () => {
      await say(embedCard('a'))
      await say(richCard('b'))
      await open({ viewport: { width: 390, height: 844 } })
      expect(await stage.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
      expect(
        await stage.page.$$eval(
          '.message *',
          (all) => all.filter((one) => one.getBoundingClientRect().right > 390).length,
        ),
      ).toBe(0)
      expect(await stage.page.locator('#side').isVisible()).toBe(false)
      await stage.page.getByRole('button', { name: 'Channels' }).click()
      await stage.page.locator('#channels button', { hasText: 'digest' }).click()
      expect(await stage.page.locator('#side').isVisible()).toBe(false)
      expect(await stage.page.locator('#channel-name').textContent()).toBe('digest')
      await stage.page.getByRole('button', { name: 'Dashboard' }).click()
      expect(await stage.page.locator('#panel').isVisible()).toBe(true)
      await stage.page.keyboard.press('Escape')
      expect(await stage.page.locator('#panel').isVisible()).toBe(false)
      expect(await stage.page.evaluate(() => document.activeElement?.id)).toBe('open-panel')
    })

    it('remembers the theme', async () => {
      await open({ colorScheme: 'light' })
      const back = () => stage.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      const light = await back()
      await stage.page.getByRole('button', { name: 'Theme: auto' }).click()
      const dark = await back()
      expect(dark).not.toBe(light)
      await stage.page.reload()
      await stage.page.getByRole('button', { name: 'Theme: dark' }).waitFor()
      expect(await back()).toBe(dark)
    })
  },
)
