/** `pullquote import FILE`: the feeds of a list, each tried before it is written to config/feeds.yaml. Ran twice, it adds nothing twice. */
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { plain } from '../core/rich.ts'
import { en } from '../core/say/en.ts'
import { createReader } from '../edge/reader/reader.ts'
import { addToFeedsFile, feedUrls } from '../edge/settings/feeds-file.ts'
import type { Settings } from '../edge/settings/settings.ts'
import { createWeb } from '../edge/web/web.ts'
import { addInBulk, type BulkLine } from '../flow/bulk-add.ts'
import { feedName } from '../flow/followed.ts'
import { EXIT, Exit } from './exit.ts'
import { loadSettings, userAgentOf } from './house.ts'
import { untilTold } from './signals.ts'

const FILE_BYTES_MAX = 10 * 1024 * 1024 // as for a feed

/** @param file - OPML, or a text with an address a line
 *  @throws Exit 1 where a file cannot be read or written, 3 where lines were refused */
export async function importFeeds(file: string, env: NodeJS.ProcessEnv): Promise<void> {
  const settings = loadSettings(env)
  const bytes = readGiven(file)
  const feedsFile = path.join(settings.configDir, 'feeds.yaml')
  const before = readFileSync(feedsFile, 'utf8')
  const lines = await tryAll(bytes, { file, settings, knownUrls: feedUrls(before) })
  const added = lines.flatMap(({ outcome }) => (outcome.kind === 'added' ? [outcome.source] : []))
  if (added.length > 0) write(feedsFile, addToFeedsFile(before, added))
  process.stdout.write(`\n${sumOf(lines)}\n`)
  if (added.length > 0)
    process.stdout.write(
      `They stand at the end of ${feedsFile}. A bot that runs reads them when it is started again.\n`,
    )
  const left = lines.filter(({ outcome }) => outcome.kind === 'refused' || outcome.kind === 'later').length
  if (left > 0) throw new Exit(EXIT.unwell, left === 1 ? 'One feed was not added.' : `${left} feeds were not added.`)
}

type Trying = Readonly<{ file: string; settings: Settings; knownUrls: readonly string[] }>

async function tryAll(bytes: Uint8Array, { file, settings, knownUrls }: Trying): Promise<readonly BulkLine[]> {
  const { allowPrivate, feeds } = settings
  const now = (): number => Date.now()
  const userAgent = userAgentOf(settings)
  const web = createWeb({ userAgent, allowPrivate, exemptOrigins: [], now, hostGapMs: feeds.hostGapMs })
  const reader = createReader(settings.reader)
  const stop = new AbortController()
  // What was tried until then is kept.
  void untilTold().then(() => stop.abort())
  try {
    const reading = await reader.readOpml({ bytes, url: `file:${file}` }, stop.signal)
    if (reading.kind !== 'list' || reading.feeds.length === 0)
      throw new Exit(EXIT.machine, `${file} is no list of feeds: there is no OPML in it, and no line with an address.`)
    let count = 0
    const onLine = (line: BulkLine): void => {
      process.stdout.write(`[${++count}/${reading.feeds.length}] ${told(line)}\n`)
    }
    return await addInBulk(reading.feeds, {
      web,
      reader,
      knownUrls,
      keep: async () => 'added',
      onLine,
      signal: stop.signal,
    })
  } finally {
    await web.close()
    await reader.close()
  }
}

function told({ listed, outcome }: BulkLine): string {
  const named = listed.title === '' ? listed.url : `${listed.title} (${listed.url})`
  switch (outcome.kind) {
    case 'added':
      return `✓ ${feedName(outcome.source)} (${outcome.source.url})`
    case 'refused':
      return `✗ ${named}: ${plain(outcome.status === undefined ? en.web.why(outcome.reason) : en.web.status(outcome.status))}`
    case 'later':
      return `– ${named}: not tried`
    default:
      return `= ${named}: is there already`
  }
}

function sumOf(lines: readonly BulkLine[]): string {
  const count = (...kinds: readonly BulkLine['outcome']['kind'][]): number =>
    lines.filter(({ outcome }) => kinds.includes(outcome.kind)).length
  const parts = [`${count('added')} added`, `${count('known', 'full')} there already`, `${count('refused')} refused`]
  const later = count('later')
  return [...parts, ...(later > 0 ? [`${later} not tried: run it again`] : [])].join(', ')
}

function readGiven(file: string): Uint8Array {
  try {
    if (statSync(file).size > FILE_BYTES_MAX) throw new Error('it is larger than 10 MB')
    return readFileSync(file)
  } catch (error) {
    throw new Exit(EXIT.machine, `Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

/** Whole or not at all: a half-written list of feeds would end the next start. */
function write(file: string, content: string): void {
  const beside = `${file}.${process.pid}.new`
  try {
    writeFileSync(beside, content, { flag: 'wx' })
    renameSync(beside, file)
  } catch (error) {
    throw new Exit(
      EXIT.machine,
      `Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}. Nothing was added; set CONFIG_DIR to a folder that I may write to.`,
    )
  }
}
