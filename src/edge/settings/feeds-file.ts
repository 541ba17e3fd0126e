/** config/feeds.yaml: the feeds that every server sees. */
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
  language: z.string().regex(/^[a-z]{2}$/, 'Use a two-letter code of ISO 639-1, such as en or uk'),
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
    language,
    ...(country === undefined ? {} : { country }),
    ...(label === undefined ? {} : { label }),
    ...(everyMinutes === undefined ? {} : { intervalMs: Math.round(everyMinutes * MINUTE_MS) }),
  }
}
