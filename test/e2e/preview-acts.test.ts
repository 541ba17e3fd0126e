import { describe, expect, it } from 'vitest'
import { calm, opened } from '../edge/preview/opened.ts'
import { noBrowser } from './browser.ts'
import { embedCard, richCard } from './preview-messages.ts'
import { usePreview } from './preview-stage.ts'

/** A slow machine draws slowly. */
const SLOW_MS = 120_000

describe.skipIf(noBrowser)(
  `what the preview’s page does${noBrowser ? ` (${noBrowser})` : ''}`,
  { timeout: SLOW_MS },
  () => {
    const stage = usePreview()
    const { say, open } = stage
    const message = (text: string) => stage.page.locator('.message', { hasText: text })
    const focusedText = () => stage.page.evaluate(() => document.activeElement?.textContent?.trim())

    it('runs a command with the keyboard alone, and dismisses its answer', async () => {
      await say(embedCard('a'))
      await open()
      await stage.page.keyboard.press('/')
      const line = stage.page.getByRole('combobox', { name: /Commands/ })
      expect(await line.getAttribute('aria-expanded')).toBe('true')
      await stage.page.keyboard.type('fee')
      expect(await stage.page.locator('#line-menu [aria-selected="true"]').textContent()).toContain('/feeds add')
      await stage.page.keyboard.press('ArrowDown')
      await stage.page.keyboard.press('Enter')
      expect(await line.inputValue()).toBe('/feeds by ')
      await stage.page.keyboard.type('person:m')
      await stage.page.locator('#line-menu [role="option"]', { hasText: 'Mira Holt' }).waitFor()
      await stage.page.keyboard.press('ArrowDown')
      const active = await line.getAttribute('aria-activedescendant')
      expect(await stage.page.locator(`#${active}`).textContent()).toBe('Mira Holt')
      await stage.page.keyboard.press('Enter')
      expect(await line.inputValue()).toBe('/feeds by person:Mira Holt ')
      await stage.page.keyboard.press('Enter')
      const reply = stage.page.locator('.ephemeral')
      await reply.waitFor()
      expect(await reply.locator('.used').textContent()).toBe('you used /feeds by person:Mira Holt')
      expect(await reply.locator('.text').textContent()).toContain('{"person":"Mira Holt"}')
      expect(await line.inputValue()).toBe('')
      expect(await stage.page.locator('#live').textContent()).toContain('by {"person":"Mira Holt"}')
      for (let tries = 0; tries < 40 && (await focusedText()) !== 'Dismiss message'; tries++)
        await stage.page.keyboard.press('Shift+Tab')
      await stage.page.keyboard.press('Enter')
      await reply.waitFor({ state: 'detached' })
      expect(stage.watched.errors).toEqual([])
    })

    it('says what is wrong with a command, and keeps what was typed', async () => {
      await open()
      const error = stage.page.locator('#line-error')
      for (const [typed, words] of [
        ['hello', 'Only slash commands work here'],
        ['/sing', 'There is no command /sing.'],
        ['/echo words:x times:many', 'takes a number'],
        ['/echo ', '"words" is missing'],
      ] as const) {
        await stage.page.fill('#line', typed)
        await stage.page.keyboard.press('Escape')
        await stage.page.keyboard.press('Enter')
        await expect.poll(() => error.textContent()).toContain(words)
        expect(await stage.page.inputValue('#line')).toContain(typed.trim())
      }
    })

    it('adds an option by its chip', async () => {
      await open()
      await stage.page.fill('#line', '/echo words:Hi')
      await stage.page.getByRole('button', { name: /^tone/ }).click()
      expect(await stage.page.inputValue('#line')).toBe('/echo words:Hi tone:')
      await stage.page.locator('#line-menu [role="option"]', { hasText: 'Stern' }).click()
      await stage.page.keyboard.press('Enter')
      await expect.poll(() => stage.page.locator('.ephemeral .text').textContent()).toContain('"tone":"stern"')
    })

    it('changes the message whose button was pressed, and keeps the focus in it', async () => {
      await open()
      await stage.page.fill('#line', '/echo words:Hi')
      await stage.page.keyboard.press('Enter')
      const reply = stage.page.locator('.ephemeral')
      await reply.getByRole('button', { name: 'Again' }).focus()
      await stage.page.keyboard.press('Enter')
      await expect.poll(() => reply.locator('.text').textContent()).toContain('again x')
      expect(await reply.count()).toBe(1)
      expect(await reply.locator('.used').textContent()).toContain('/echo words:Hi')
      expect(await stage.page.evaluate(() => document.activeElement?.closest('.ephemeral') !== null)).toBe(true)
    })

    it('chooses from a select by keyboard', async () => {
      await say(richCard('b'))
      await open()
      const select = stage.page.getByRole('combobox', { name: 'Open a story' })
      await select.focus()
      await stage.page.keyboard.press('Enter')
      expect(await select.getAttribute('aria-expanded')).toBe('true')
      await stage.page.keyboard.press('ArrowDown')
      await stage.page.keyboard.press('Enter')
      await expect.poll(() => stage.page.locator('.message').first().textContent()).toContain('again select-b second')
    })

    it('asks in a form and sends its fields', async () => {
      await say(richCard('b'))
      await open()
      await stage.page.getByRole('button', { name: 'Ask' }).click()
      const dialog = stage.page.getByRole('dialog', { name: 'Say more' })
      expect(await dialog.getByLabel('More words').evaluate((field) => field === document.activeElement)).toBe(true)
      await stage.page.keyboard.type('Tide is in')
      await dialog.getByRole('button', { name: 'Submit' }).click()
      await expect.poll(() => stage.page.locator('.ephemeral .text').textContent()).toContain('told Tide is in')
      expect(await dialog.count()).toBe(0)
    })

    it('comes back by itself after a restart of the bot, with what it missed', async () => {
      await say(embedCard('a'))
      await open()
      const port = Number(new URL(stage.preview.url).port)
      await stage.preview.close()
      await stage.page.locator('#connection.lost').waitFor()
      stage.preview = await opened({ port, now: () => Date.now(), chance: () => 'a-token-of-another-one' })
      await say(embedCard('b', 'After the restart'))
      await message('After the restart').waitFor()
      await stage.page.fill('#line', '/echo words:Hi')
      await stage.page.keyboard.press('Enter')
      await stage.page.locator('.ephemeral').waitFor()
    })

    it('shows the operator what runs and what failed, and sends the dead again', async () => {
      await open()
      const panel = stage.page.locator('#panel')
      await panel.getByText('Harbour Post').waitFor()
      const text = (await panel.textContent()) ?? ''
      for (const words of [
        'A day',
        '2/3',
        '38',
        '412 ms',
        '304 unchanged',
        '503',
        'I keep trying.',
        'not asked yet',
        '4 waiting',
        'Ferry strike called off',
      ])
        expect(text).toContain(words)
      await panel.getByRole('button', { name: 'Retry' }).click()
      await panel.getByRole('button', { name: 'Queued' }).waitFor()
      expect(stage.preview.retried).toEqual(['d1'])
    })

    it('follows the operator’s numbers', async () => {
      await stage.preview.close()
      let stories = calm.storiesToday
      stage.preview = await opened({ statusEveryMs: 20, status: async () => ({ ...calm, storiesToday: stories }) })
      await open()
      stories = 99
      await stage.page.locator('.tile', { hasText: '99' }).waitFor()
    })

    it('shows the payload with its limits', async () => {
      const card = embedCard('a')
      await say(card)
      await open()
      await stage.page.getByRole('button', { name: 'Raw payloads' }).click()
      const raw = stage.page.locator('.raw')
      expect(await raw.isVisible()).toBe(true)
      expect(JSON.parse((await raw.locator('pre').textContent()) ?? '')).toEqual(card)
      expect(await raw.textContent()).toContain('of 6,000')
    })

    it('tells how to go on to Discord', async () => {
      await open()
      await stage.page.getByRole('button', { name: 'Connect to Discord' }).click()
      expect(await stage.page.getByRole('dialog', { name: 'Connect to Discord' }).textContent()).toContain(
        'DISCORD_TOKEN',
      )
      await stage.page.keyboard.press('Escape')
    })
  },
)
