/** The limits of a message that Discord's description leaves out (DISCORD.md, and Discord's documentation). */
import { MessageFlags } from 'discord-api-types/v10'
import type { Problem } from '../api-error.ts'
import { type Json, numberOf, recordsOf, textOf } from '../json.ts'
import { checkComponents } from './components.ts'
import { address, charsOf, length, problem, tooMany, within } from './problems.ts'

const CONTENT_CHARS_MAX = 2_000
const EMBEDS_MAX = 10
/** Over all embeds of a message. */
const EMBEDS_CHARS_MAX = 6_000
const NONCE_CHARS_MAX = 25
const LEGACY = ['content', 'embeds', 'poll', 'stickers', 'sticker_ids'] as const

/** @param flagsBefore - those of the message that is edited */
export function checkMessage(body: Json, flagsBefore: number): readonly Problem[] {
  const isV2 = ((numberOf(body['flags']) | flagsBefore) & MessageFlags.IsComponentsV2) !== 0
  const embeds = recordsOf(body['embeds'])
  return [
    ...length(body, 'content', { max: CONTENT_CHARS_MAX }),
    ...length(body, 'embeds', { max: EMBEDS_MAX }),
    ...embeds.flatMap((embed, at) => within(['embeds', at], checkEmbed(embed))),
    ...(embeds.reduce((sum, embed) => sum + sizeOf(embed), 0) > EMBEDS_CHARS_MAX
      ? [problem(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${EMBEDS_CHARS_MAX}`)]
      : []),
    ...(isV2 ? LEGACY.filter((name) => isFilled(body[name])).map(legacy) : []),
    ...checkComponents(recordsOf(body['components']), isV2),
    ...checkNonce(body),
    ...checkMentions(body['allowed_mentions']),
  ]
}

const isFilled = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))

const legacy = (name: string): Problem =>
  problem(
    [name],
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  )

function checkEmbed(embed: Json): readonly Problem[] {
  const part = (name: string): Json => (embed[name] ?? {}) as Json
  return [
    ...length(embed, 'title', { max: 256 }),
    ...length(embed, 'description', { max: 4_096 }),
    ...length(embed, 'fields', { max: 25 }),
    ...address(embed, 'url'),
    ...within(['author'], [...length(part('author'), 'name', { max: 256 }), ...address(part('author'), 'url')]),
    ...within(['author'], address(part('author'), 'icon_url', ['attachment'])),
    ...within(['footer'], length(part('footer'), 'text', { max: 2_048 })),
    ...within(['footer'], address(part('footer'), 'icon_url', ['attachment'])),
    ...within(['image'], address(part('image'), 'url', ['attachment'])),
    ...within(['thumbnail'], address(part('thumbnail'), 'url', ['attachment'])),
    ...recordsOf(embed['fields']).flatMap((field, at) =>
      within(
        ['fields', at],
        [...length(field, 'name', { min: 1, max: 256 }), ...length(field, 'value', { min: 1, max: 1_024 })],
      ),
    ),
  ]
}

/** What Discord counts of an embed: title, description, fields, footer and author. */
function sizeOf(embed: Json): number {
  const part = (name: string): Json => (embed[name] ?? {}) as Json
  const texts = [
    textOf(embed['title']),
    textOf(embed['description']),
    textOf(part('footer')['text']),
    textOf(part('author')['name']),
    ...recordsOf(embed['fields']).flatMap(({ name, value }) => [textOf(name), textOf(value)]),
  ]
  // Discord trims each before it counts.
  return texts.reduce((sum, text) => sum + charsOf(text.trim()), 0)
}

function checkNonce({ nonce, enforce_nonce: enforced }: Json): readonly Problem[] {
  if (typeof nonce === 'string' && charsOf(nonce) > NONCE_CHARS_MAX) return [tooMany(['nonce'], NONCE_CHARS_MAX)]
  return enforced === true && nonce == null
    ? [problem(['enforce_nonce'], 'NONCE_REQUIRED', 'A nonce is needed to enforce one')]
    : []
}

/** `parse` and a list of the same kind exclude each other. */
function checkMentions(mentions: unknown): readonly Problem[] {
  const { parse, roles, users } = (mentions ?? {}) as Json
  const parsed: readonly unknown[] = Array.isArray(parse) ? parse : []
  return Object.entries({ roles, users }).flatMap(([kind, ids]) => {
    if (!Array.isArray(ids)) return []
    const path = ['allowed_mentions', kind]
    if (ids.length > 100) return [tooMany(path, 100)]
    return parsed.includes(kind) && ids.length > 0
      ? [
          problem(
            path,
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          ),
        ]
      : []
  })
}
