import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS_PER_PERSON } from '../../src/flow/quota.ts'
import { type Program, runProgram, scratch } from '../cli/program.ts'
import { noBrowser, openBrowser, openPage, type Watched } from './browser.ts'

/** One minute of the sample wire and a dozen commands, on a slow machine. */
const SLOW_MS = 150_000

describe.skipIf(noBrowser)(
  `a newcomer's first minute${noBrowser ? ` (${noBrowser})` : ''}`,
  { timeout: SLOW_MS },
  () => {
    let place: ReturnType<typeof scratch>
    let program: Program
    let browser: Browser
    let watched: Watched
    let url = ''
    const answeredAt: number[] = []
    /** Quotas are for people: five commands in ten seconds. Each was asked before it was answered. */
    const mayAsk = () => {
      const waitMs = (answeredAt.at(-COMMANDS_PER_PERSON.max) ?? 0) + COMMANDS_PER_PERSON.windowMs - Date.now()
      return watched.page.waitForTimeout(Math.max(0, waitMs))
    }
    beforeAll(async () => {
      place = scratch()
      program = runProgram(['start'], { DATA_DIR: place.data, PREVIEW_PORT: '0', LOG_LEVEL: 'debug' })
      url = (await program.printed(/Open (http:\S+)/))[1] ?? ''
      browser = await openBrowser()
      watched = await openPage(browser, url)
    }, SLOW_MS)
    afterAll(async () => {
      await watched?.close()
      await browser?.close()
      program?.child.kill('SIGTERM')
      await program?.ended
      place?.remove()
    }, SLOW_MS)

    it('shows an alert with a summary and two attributed quotes, with no network and no token', async () => {
      const card = watched.page.locator('.message', { hasText: 'Amber Watch' }).first()
      await card.waitFor({ timeout: 30_000 })
      await expect.poll(async () => card.locator('blockquote').count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(2)
      const text = (await card.textContent()) ?? ''
      // On a slow machine two outlets have printed it by the first poll, and either's words may stand on the card.
      expect(text).toMatch(/Twenty-two ships (from nine NATO countries|take part in the exercise)/)
      expect(text).toContain('Elin Sørdal')
      expect(text).toMatch(/Matti Hallavuo|Runa Ekwall/)
      expect(text).not.toContain('Photo: Harbour Dispatch')
      expect(text).not.toContain('newsletter')
    })

    // Typed while the wire prints what the tests after these wait for.
    it.each([
      ['/help', 'who said what'],
      ['/status', 'feeds'],
      ['/topics', 'NATO'],
      ['/latest topic:nato', 'Amber Watch'],
      ['/search words:mines', 'mines'],
      ['/quotes speaker:Sørdal', 'Sørdal'],
      ['/feeds list', 'Harbour Dispatch'],
      ['/feeds add url:http://127.0.0.1/', 'public'],
      ['/subscribe words:bridge, "grain train"', 'Subscribe'],
      ['/subscriptions', 'NATO'],
      ['/unsubscribe', 'stop'],
    ])('answers %s, typed on the keyboard', async (line, answer) => {
      const { page } = watched
      await mayAsk()
      await page.keyboard.press('Escape')
      await page.locator('#line').fill('')
      await page.keyboard.type(line)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Enter')
      const reply = page.locator('.ephemeral', { hasText: `you used ${line}` })
      await reply.waitFor()
      await expect.poll(async () => reply.textContent(), { timeout: 60_000 }).toContain(answer)
      answeredAt.push(Date.now())
    })

    it('lets a second outlet join the card, and posts nothing on a senator', async () => {
      const card = watched.page.locator('.message', { hasText: 'Also in' }).first()
      await card.waitFor({ timeout: 60_000 })
      expect(await card.textContent()).toContain('The Meridian Post')
      await program.printed(/senator|tJ|"matches":0/)
      expect(await watched.page.locator('.message', { hasText: 'Senator' }).count()).toBe(0)
    })

    it('shows an unchanged feed, a failing feed and its recovery', async () => {
      await program.printed(/"feedId":"wire-\w+","outcome":"unchanged"/)
      await program.printed(/"feedId":"wire-lowland","outcome":"failed","detail":"status","status":503/)
      await program.printed(
        /"feedId":"wire-lowland","outcome":"failed"[\s\S]*"feedId":"wire-lowland","outcome":"(fetched|unchanged)"/,
      )
      await watched.page.locator('body', { hasText: '304 unchanged' }).waitFor()
    })

    it('has no console error, asks nothing of the outside, and nothing that axe would name', async () => {
      const { page } = watched
      await page.evaluate(axe.source)
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = await page.evaluate(() =>
          (globalThis as unknown as { axe: { run(): Promise<axe.AxeResults> } }).axe.run(),
        )
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      }
      expect({ errors: watched.errors, outside: watched.outside }).toEqual({ errors: [], outside: [] })
    })
  },
)
