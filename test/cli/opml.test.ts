/** `pullquote import` and `export`, as the real program. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOpml } from '../../src/core/opml.ts'
import { startWeb, type WebOfStrings } from '../web/web.ts'
import { runProgram, scratch } from './program.ts'

let place: ReturnType<typeof scratch>
let strings: WebOfStrings
beforeEach(async () => {
  place = scratch()
  strings = await startWeb()
  writeFileSync(path.join(place.config, 'settings.yaml'), 'feeds: { hostGapMs: 0 }\nreader: { timeoutMs: 10000 }\n')
  strings.set('/dock', rss('Dry Dock Herald', '<language>en-gb</language>'))
  strings.set('/ferry', rss('Поромний вісник'))
  strings.set('/site', '<html><head><link rel="alternate" type="application/rss+xml" href="/quay"></head></html>')
  strings.set('/quay', rss('Dry Dock Herald'))
})
afterEach(async () => {
  await strings.close()
  place.remove()
})

const rss = (title: string, more = ''): string =>
  `<rss version="2.0"><channel><title>${title}</title>${more}<item><guid>1</guid><title>A dock is dry</title></item></channel></rss>`
const env = () => ({ CONFIG_DIR: place.config, DATA_DIR: place.data, ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8' })
const feedsFile = (): string => readFileSync(path.join(place.config, 'feeds.yaml'), 'utf8')
function listed(...paths: readonly string[]): string {
  const file = path.join(place.dir, 'list.opml')
  const outlines = paths.map((one) => `<outline text="${one}" xmlUrl="${strings.url(one)}"/>`)
  writeFileSync(file, `<opml version="2.0"><body>${outlines.join('')}</body></opml>`)
  return file
}

test('a list is tried line by line, and what is a feed stands in feeds.yaml, which keeps its remarks', async () => {
  const before = feedsFile()
  const file = listed('/dock', '/gone', '/ferry', '/site')
  const { code, out, err } = await runProgram(['import', file], env()).ended
  expect(code).toBe(3)
  expect(err).toBe('One feed was not added.\n')
  expect(out).toMatch(/\[4\/4\]/)
  expect(out).toContain(`✓ Dry Dock Herald (${strings.url('/dock')})`)
  expect(out).toContain(`✗ /gone (${strings.url('/gone')}): The site answers with error 404.`)
  expect(out).toContain('3 added, 0 there already, 1 refused')
  const after = feedsFile()
  expect(after.startsWith(before.trimEnd())).toBe(true)
  expect(after).toContain('id: dry-dock-herald\n')
  expect(after).toContain('id: dry-dock-herald-2\n')
  expect(after).toContain(`url: ${strings.url('/quay')}\n`)
  expect(after).toContain('language: en\n')

  const again = await runProgram(['import', listed('/dock', '/ferry', '/site')], env()).ended
  expect(again.code).toBe(0)
  expect(again.out).toContain('0 added, 3 there already, 0 refused')
  expect(feedsFile()).toBe(after)
})

test('what is exported is read again, and by our own import there is nothing new in it', async () => {
  const file = path.join(place.dir, 'feeds.opml')
  expect((await runProgram(['export', file], env()).ended).code).toBe(0)
  const text = readFileSync(file, 'utf8')
  const reading = readOpml(text)
  expect(reading.kind === 'list' && reading.feeds.length).toBeGreaterThan(40)
  const { out, code } = await runProgram(['import', file], env()).ended
  expect([code, /0 added, \d+ there already, 0 refused/.test(out)]).toEqual([0, true])
  const printed = await runProgram(['export'], env()).ended
  const timeless = (opml: string): string => opml.replace(/<dateCreated>.*/, '')
  expect(timeless(printed.out)).toBe(timeless(text))
  const refused = await runProgram(['export', file], env()).ended
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('it is there already')])
})

test.each([
  ['a file that is not there', ['import', 'none.opml'], 1, /Cannot read none\.opml/],
  ['a file that is no list', ['import', 'package.json'], 1, /is no list of feeds/],
  ['no file at all', ['import'], 2, /missing required argument/],
  ['a format that there is not', ['export', '--format', 'yaml'], 2, /There is no format "yaml"/],
])('%s ends with one clear line', async (_, args, ...[code, says]) => {
  const ended = await runProgram(args, env()).ended
  expect([ended.code, says.test(ended.err)]).toEqual([code, true])
})
