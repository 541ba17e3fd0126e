/** What Discord would refuse in a message, by its published limits and those that its description does not say. */
import { componentsFault } from './component-fault.ts'
import { charsFault, isRecord, linkFault, unknownKey } from './shape-fault.ts'

/** Discord's documentation, Create Message. */
const CONTENT_CHARS_MAX = 2_000
const NONCE_CHARS_MAX = 25
const EMBEDS_MAX = 10
const EMBEDS_CHARS_MAX = 6_000
const FIELDS_MAX = 25
const COLOR_MAX = 0xff_ff_ff
const COMPONENTS_V2 = 32_768
const ROLES_MAX = 100

const MESSAGE_KEYS = [
  'content',
  'nonce',
  'tts',
  'embeds',
  'allowed_mentions',
  'message_reference',
  'components',
  'sticker_ids',
  'attachments',
  'flags',
  'enforce_nonce',
  'poll',
]
const EMBED_KEYS = [
  'title',
  'type',
  'description',
  'url',
  'timestamp',
  'color',
  'footer',
  'image',
  'thumbnail',
  'video',
  'provider',
  'author',
  'fields',
]

/** @returns why Discord would answer 400, in one line that names the place; undefined for a message that it takes */
export function messageFault(message: unknown): string | undefined {
  if (!isRecord(message)) return 'message: not an object'
  const { content, nonce, embeds = [], components = [], flags = 0 } = message
  if (typeof flags !== 'number' || !Number.isInteger(flags)) return 'flags: not a whole number'
  const isV2 = (flags & COMPONENTS_V2) !== 0
  return (
    unknownKey(message, MESSAGE_KEYS, 'message') ??
    (content == null ? undefined : charsFault(content, 'content', { min: 0, max: CONTENT_CHARS_MAX })) ??
    (nonce == null ? undefined : charsFault(String(nonce), 'nonce', { min: 1, max: NONCE_CHARS_MAX })) ??
    mentionsFault(message['allowed_mentions']) ??
    embedsFault(embeds) ??
    (isV2 ? v2Fault(message) : undefined) ??
    componentsFault(components, isV2) ??
    emptyFault(message)
  )
}

function v2Fault({ content, embeds, poll, sticker_ids: stickers }: Record<string, unknown>): string | undefined {
  const named = { content, embeds, poll, sticker_ids: stickers }
  const used = Object.entries(named).find(([, value]) => value != null && value !== '' && !isEmptyList(value))
  return used && `${used[0]}: cannot stand beside components V2 (flag 32768)`
}

function emptyFault({
  content,
  embeds,
  components,
  sticker_ids: stickers,
  poll,
  attachments,
}: Record<string, unknown>) {
  const parts = [content, embeds, components, stickers, poll, attachments]
  return parts.every((part) => part == null || part === '' || isEmptyList(part)) ? 'message: is empty' : undefined
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

function mentionsFault(mentions: unknown): string | undefined {
  if (mentions == null) return undefined
  if (!isRecord(mentions)) return 'allowed_mentions: not an object'
  const { parse = [], roles = [], users = [] } = mentions
  for (const [name, list] of Object.entries({ parse, roles, users }))
    if (!(Array.isArray(list) && list.every((one) => typeof one === 'string')))
      return `allowed_mentions.${name}: not a list of texts`
  const parsed = parse as readonly string[]
  const odd = parsed.find((one) => !['roles', 'users', 'everyone'].includes(one))
  if (odd) return `allowed_mentions.parse: "${odd}" is unknown`
  for (const [name, list] of Object.entries({ roles, users }) as [string, readonly string[]][]) {
    if (list.length > ROLES_MAX) return `allowed_mentions.${name}: ${list.length} entries, at most ${ROLES_MAX}`
    if (list.length > 0 && parsed.includes(name)) return `allowed_mentions: ${name} both listed and parsed`
  }
  return unknownKey(mentions, ['parse', 'roles', 'users', 'replied_user'], 'allowed_mentions')
}

function embedsFault(embeds: unknown): string | undefined {
  if (embeds === null) return undefined
  if (!Array.isArray(embeds)) return 'embeds: not a list'
  if (embeds.length > EMBEDS_MAX) return `embeds: ${embeds.length} entries, at most ${EMBEDS_MAX}`
  let chars = 0
  for (const [index, embed] of embeds.entries()) {
    const at = `embeds[${index}]`
    if (!isRecord(embed)) return `${at}: not an object`
    const fault = unknownKey(embed, EMBED_KEYS, at) ?? embedFault(embed, at)
    if (fault) return fault
    chars += embedChars(embed)
  }
  return chars > EMBEDS_CHARS_MAX ? `embeds: ${chars} characters together, at most ${EMBEDS_CHARS_MAX}` : undefined
}

type Text = readonly [value: unknown, name: string, max: number]

function embedTexts(embed: Record<string, unknown>): readonly Text[] {
  const { title, description, author, footer, fields } = embed
  const listed = Array.isArray(fields) ? fields : []
  return [
    [title, 'title', 256],
    [description, 'description', 4_096],
    [isRecord(author) ? author['name'] : undefined, 'author.name', 256],
    [isRecord(footer) ? footer['text'] : undefined, 'footer.text', 2_048],
    ...listed.flatMap((field, index): Text[] =>
      isRecord(field)
        ? [
            [field['name'] ?? '', `fields[${index}].name`, 256],
            [field['value'] ?? '', `fields[${index}].value`, 1_024],
          ]
        : [],
    ),
  ]
}

function embedFault(embed: Record<string, unknown>, at: string): string | undefined {
  const { color, fields, url, author, thumbnail, image, footer } = embed
  for (const [value, name, max] of embedTexts(embed)) {
    if (value === undefined) continue
    const fault = charsFault(value, `${at}.${name}`, { min: name.startsWith('fields') ? 1 : 0, max })
    if (fault) return fault
  }
  if (Array.isArray(fields) && fields.length > FIELDS_MAX)
    return `${at}.fields: ${fields.length}, at most ${FIELDS_MAX}`
  if (
    color !== undefined &&
    !(typeof color === 'number' && Number.isInteger(color) && color >= 0 && color <= COLOR_MAX)
  )
    return `${at}.color: not a number from 0 to ${COLOR_MAX}`
  const links = {
    url,
    'author.url': isRecord(author) ? author['url'] : undefined,
    'author.icon_url': isRecord(author) ? author['icon_url'] : undefined,
    'footer.icon_url': isRecord(footer) ? footer['icon_url'] : undefined,
    'thumbnail.url': isRecord(thumbnail) ? thumbnail['url'] : undefined,
    'image.url': isRecord(image) ? image['url'] : undefined,
  }
  for (const [name, link] of Object.entries(links)) {
    const fault = link === undefined ? undefined : linkFault(link, `${at}.${name}`)
    if (fault) return fault
  }
  const shown = embedChars(embed) > 0 || image !== undefined || thumbnail !== undefined
  return shown ? undefined : `${at}: is empty`
}

function embedChars(embed: Record<string, unknown>): number {
  return embedTexts(embed).reduce((sum, [value]) => sum + (typeof value === 'string' ? value.length : 0), 0)
}
