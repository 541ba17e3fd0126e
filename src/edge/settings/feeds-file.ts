/** config/feeds.yaml: the feeds that every server sees. */
import { isMap, isSeq, parseDocument } from 'yaml'
import { z } from 'zod'
import type { FeedId, FeedSource } from '../../core/model.ts'
import { type FileRead, parseYamlFile } from './yaml-file.ts'

const FEEDS_MAX = 10_000 // what one process is built to poll
const MINUTES_MAX = 1440 // a feed that is asked less than daily is not followed
const MINUTES_MIN = 1 / 60 // a feed of one's own may be asked every second; no stranger's should
const MINUTE_MS = 60_000

const text = z.string().trim().min(1, 'Write something, or leave the key out').max(200, 'Write at most 200 characters')
const feedSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens')
    .max(60),
  url: z.url({ protocol: /^https?$/, error: 'Use an address that starts with https:// or http://' }).max(2048),
  outlet: text,
  title: text.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'Use a two-letter code of ISO 639-1, such as en or uk; leave it out where you do not know it')
    .optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Use a two-letter code of ISO 3166, such as GB; leave it out for a body of many countries')
    .optional(),
  kind: z.enum(['wire', 'outlet', 'official', 'state media', 'think tank', 'other']),
  label: text.optional(),
  everyMinutes: z.number().min(MINUTES_MIN).max(MINUTES_MAX).optional(),
  off: text.optional(),
})
const fileSchema = z
  .strictObject({ feeds: z.array(feedSchema).min(1, 'Write at least one feed').max(FEEDS_MAX) })
  .superRefine(({ feeds }, context) => {
    for (const key of ['id', 'url'] as const) {
      const seen = new Set<string>()
      feeds.forEach((feed, index) => {
        if (seen.has(feed[key])) {
          const message = `is "${feed[key]}", which another feed has`
          context.addIssue({ code: 'custom', path: ['feeds', index, key], message, params: { cure: CURES[key] } })
        }
        seen.add(feed[key])
      })
    }
  })
const CURES = { id: 'Give it an id of its own.', url: 'Remove one of the two.' } as const

/** Reads the file; feeds that are `off` are left out. */
export function parseFeedsFile(content: string, fileName: string): FileRead<readonly FeedSource[]> {
  const read = parseYamlFile(content, fileSchema, fileName)
  if (read.kind === 'broken') return read
  return { kind: 'ok', value: read.value.feeds.filter((feed) => feed.off === undefined).map(sourceOf) }
}

function sourceOf({ id, title, everyMinutes, off: _, ...feed }: z.infer<typeof feedSchema>): FeedSource {
  const { url, outlet, kind, language, country, label } = feed
  return {
    id: id as FeedId,
    url,
    title: title ?? outlet,
    outlet,
    kind,
    ...(language === undefined ? {} : { language }),
    ...(country === undefined ? {} : { country }),
    ...(label === undefined ? {} : { label }),
    ...(everyMinutes === undefined ? {} : { intervalMs: Math.round(everyMinutes * MINUTE_MS) }),
  }
}

/** Every address in the file, of feeds that are off as well. */
export function feedUrls(content: string): readonly string[] {
  const feeds = parseDocument(content).get('feeds')
  if (!isSeq(feeds)) return []
  return feeds.items.flatMap((feed) => {
    const url = isMap(feed) ? feed.get('url') : undefined
    return typeof url === 'string' ? [url] : []
  })
}

/** The file with feeds at its end, each under an id of its own; remarks and order stay as they are. */
export function addToFeedsFile(content: string, sources: readonly FeedSource[]): string {
  const document = parseDocument(content)
  const feeds = document.get('feeds')
  const ids = new Set(isSeq(feeds) ? feeds.items.map((feed) => (isMap(feed) ? String(feed.get('id')) : '')) : [])
  for (const { url, outlet, kind, language } of sources) {
    const id = freeId(idOf(outlet, url), ids)
    ids.add(id)
    const code = language?.slice(0, 2).toLowerCase()
    const known = code !== undefined && /^[a-z]{2}$/.test(code) ? { language: code } : {}
    document.addIn(['feeds'], document.createNode({ id, url, outlet, ...known, kind }))
  }
  return document.toString({ lineWidth: 0 })
}

const ID_CHARS_MAX = 50 // leaves room for a number within the 60 that an id may have

/** Of the name's Latin letters; a name without any is called after its host. */
function idOf(outlet: string, url: string): string {
  const fold = (text: string): string =>
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, ID_CHARS_MAX)
      .replace(/^-|-$/g, '')
  return fold(outlet) || fold(URL.parse(url)?.hostname ?? '') || 'feed'
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  let free = id
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`
  return free
}
