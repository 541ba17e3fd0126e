/** `/feeds import`: a list from another reader, line by line; what became of each line stays readable for a day. */
import { customId } from '../../src/core/custom-id.ts'
import { pager, paging } from '../../src/core/listing.ts'
import { onlyYou, type Reply, refusal } from '../../src/core/reply.ts'
import type { Rich } from '../../src/core/rich.ts'
import { shownHost } from '../../src/core/safe-text.ts'
import { en } from '../../src/core/say/en.ts'
import { addInBulk, type BulkLine } from '../../src/flow/bulk-add.ts'
import type { Asker, CommandRequest, World } from '../../src/flow/command.ts'
import { typedAddress } from '../../src/flow/discover.ts'
import { feedName, viewerOf } from '../../src/flow/followed.ts'
import { keepHere, recallHere } from '../../src/flow/remember.ts'

/** Discord takes an answer within fifteen minutes; nobody waits so long. What was not reached is said, and the list can be given again. */
const IMPORT_MS_MAX = 3 * 60_000
/** A list may name strangers' servers: it is no way to make us ask thousands of them. */
const TRIES_MAX = 200
const DOWNLOAD_MS_MAX = 30_000
const ROWS = 15
const REPORT = 'imported-feeds'
const REPORT_KEPT_MS = 24 * 60 * 60_000

type Report = readonly BulkLine[]

export async function importFeeds({ asker, options }: CommandRequest, world: World): Promise<Reply> {
  const { serverId, personId } = asker
  if (!serverId) return refusal(en.errors.serverOnly)
  const given = String(options['file'] ?? options['url'] ?? '')
  if (given === '') return refusal(en.feeds.bulk.nothing, en.feeds.bulk.wayOut)
  const list = await readList(given, world)
  if ('why' in list) return refusal(list.why, en.feeds.bulk.wayOut)
  const max = world.limits.feedsMax
  const lines = await addInBulk(list.feeds, {
    ...world,
    knownUrls: (await world.store.feeds(viewerOf(asker))).map(({ url }) => url),
    keep: (source) => world.store.addFeed({ source, serverId, personId, max }, world.now()),
    triesMax: TRIES_MAX,
    signal: AbortSignal.timeout(IMPORT_MS_MAX),
  })
  if (lines.some(({ outcome }) => outcome.kind === 'added')) world.wake.call('gather')
  const name = await keepHere({ kind: REPORT, value: lines, keptMs: REPORT_KEPT_MS }, asker, world)
  return page(lines, { name, wanted: '0', how: 'new' })
}

/** Another page of what became of the list. */
export async function importReport(args: readonly string[], asker: Asker, world: World): Promise<Reply> {
  const [name, wanted] = args
  const lines = await recallHere<Report>({ kind: REPORT, name }, asker, world)
  if (!(lines && name)) return { ...refusal(en.feeds.bulk.tooOld), how: 'update' }
  return page(lines, { name, wanted, how: 'update' })
}

async function readList(given: string, { web, reader }: World) {
  const signal = AbortSignal.timeout(DOWNLOAD_MS_MAX)
  const url = typedAddress(given)
  const got = await web.download({ url, kind: 'list' }, signal)
  if (got.kind === 'unchanged') return { why: en.web.why('protocol') }
  if (got.kind !== 'fetched') {
    const status = got.kind === 'failed' && got.reason === 'status' ? got.status : undefined
    return { why: status === undefined ? en.web.why(got.reason) : en.web.status(status) }
  }
  const { bytes, contentType } = got
  const reading = await reader.readOpml({ bytes, url, ...(contentType === undefined ? {} : { contentType }) }, signal)
  if (reading.kind === 'list' && reading.feeds.length > 0) return reading
  return { why: reading.kind === 'lost' ? en.web.why(reading.reason) : en.feeds.bulk.noList }
}

type Showing = Readonly<{ name: string; wanted: string | undefined; how: 'new' | 'update' }>

function page(lines: Report, { name, wanted, how }: Showing): Reply {
  const count = (kind: BulkLine['outcome']['kind']): number =>
    lines.filter(({ outcome }) => outcome.kind === kind).length
  const counts = {
    added: count('added'),
    known: count('known'),
    refused: count('refused'),
    later: count('later'),
    full: count('full'),
  }
  const rows = [...lines].sort((a, b) => rank(a) - rank(b))
  const at = paging(wanted, rows.length, ROWS)
  return onlyYou(
    [
      { kind: 'title', text: en.feeds.bulk.title(lines.length) },
      { kind: 'note', text: en.feeds.bulk.sum(counts) },
      { kind: 'bullets', items: rows.slice(at.from, at.to).map(lineOf) },
    ],
    {
      how,
      tone: counts.added > 0 ? 'good' : 'warning',
      controls: pager(at, (to, which) => customId('feeds', 'report', name, String(to), which)),
    },
  )
}

/** What needs a person's eye comes first. */
function rank({ outcome }: BulkLine): number {
  return ['refused', 'full', 'later', 'added', 'known'].indexOf(outcome.kind)
}

function lineOf({ listed, outcome }: BulkLine): Rich {
  const { line } = en.feeds.bulk
  const named = listed.title || shownHost(listed.url)
  switch (outcome.kind) {
    case 'added':
      return line.added(feedName(outcome.source))
    case 'refused':
      return line.refused(
        named,
        outcome.status === undefined ? en.web.why(outcome.reason) : en.web.status(outcome.status),
      )
    default:
      return line[outcome.kind](named)
  }
}
