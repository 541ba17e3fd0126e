/** One card, two painters: an embed with buttons (default), or a container of components V2. Same parts, same order. */

import type { APIComponentInContainer, APIEmbed } from 'discord-api-types/v10'
import { ComponentType, MessageFlags, SeparatorSpacingSize } from 'discord-api-types/v10'
import type { Card, CardQuote } from '../card.ts'
import { customId } from '../custom-id.ts'
import type { Button } from '../reply.ts'
import { ago, clock, joined, type Rich, rich, strong } from '../rich.ts'
import { cut, escapeMarkdown, oneLine } from '../safe-text.ts'
import { en } from '../say/en.ts'
import { buttonRow, textDisplay } from './blocks.ts'
import {
  BUTTON_URL_CHARS_MAX,
  COMPONENTS_TEXT_CHARS_MAX,
  EMBED_AUTHOR_CHARS_MAX,
  EMBED_DESCRIPTION_CHARS_MAX,
  ROLES_MAX,
} from './limits.ts'
import { markdown, quoted } from './markdown.ts'
import type { Message } from './message.ts'

/** CARD.md. A headline of two lines, a summary of five on a desktop. */
const HEADLINE_CHARS_MAX = 110
const SUMMARY_CHARS_MAX = 420
/** Of an outlet, a person, a topic: what is longer is no name. */
const NAME_CHARS_MAX = 80
/** "Deputy permanent representative of ... to ..." has some hundred. */
const FACT_CHARS_MAX = 120
/** A pattern may match a whole paragraph. */
const TERM_CHARS_MAX = 40
/** A card matches one or two; the colour comes from the first. */
const TOPICS_MAX = 3
/** What a phone's notification shows. */
const NOTIFICATION_CHARS_MAX = 180
/** Grey: a card of a followed feed has no topic. */
const NO_TOPIC_COLOR = 0x80848e

export function embedCard(card: Card): Message {
  const names = [...topicsOf(card).map(({ emoji, name }) => `${emoji} ${name}`.trim()), named(card.outlet)]
    .filter(Boolean)
    .join(' · ')
  const embed: APIEmbed = {
    color: card.topics[0]?.color ?? NO_TOPIC_COLOR,
    title: escapeMarkdown(cut(card.headline, HEADLINE_CHARS_MAX)),
    description: description(card),
    ...(names ? { author: { name: cut(names, EMBED_AUTHOR_CHARS_MAX) } } : {}),
    ...(card.url ? { url: card.url } : {}),
    ...(card.image && card.style !== 'compact' ? { thumbnail: { url: card.image } } : {}),
  }
  return { content: firstLine(card), embeds: [embed], components: [buttonRow(buttons(card))] }
}

export function richCard(card: Card): Message {
  const headline = cut(card.headline, HEADLINE_CHARS_MAX)
  // A longer address would eat up the message's 4,000 characters.
  const linked = card.url && card.url.length <= BUTTON_URL_CHARS_MAX ? card.url : undefined
  const roles = rolesOf(card)
  const head = [
    markdown(headLine(card)),
    `### ${linked ? markdown([{ kind: 'link', text: headline, url: linked }]) : escapeMarkdown(headline)}`,
  ].join('\n')
  const quotes = card.quotes.flatMap((quote) => quoteLines(quote)).join('\n')
  const tail = tailLine(card)
  const [summaryText = '', quotesText = '', tailText = ''] = within(
    COMPONENTS_TEXT_CHARS_MAX - roles.length - head.length,
    [summary(card), quotes, tail.length > 0 ? `-# ${markdown(tail)}` : ''],
  )
  const rule = { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small } as const
  const components: APIComponentInContainer[] = [
    card.image
      ? {
          type: ComponentType.Section,
          components: [textDisplay(head)],
          accessory: { type: ComponentType.Thumbnail, media: { url: card.image } },
        }
      : textDisplay(head),
    ...(summaryText ? [textDisplay(summaryText)] : []),
    ...(quotesText ? [rule, textDisplay(quotesText)] : []),
    ...(tailText ? [rule, textDisplay(tailText)] : []),
    buttonRow(buttons(card)),
  ]
  const box = {
    type: ComponentType.Container,
    accent_color: card.topics[0]?.color ?? NO_TOPIC_COLOR,
    components,
  } as const
  return { flags: MessageFlags.IsComponentsV2, components: roles ? [textDisplay(roles), box] : [box] }
}

/** Every part has its own limit, and their sum is below Discord's; escapes could double them, so this guards the last case. */
function within(charsMax: number, parts: readonly string[]): readonly string[] {
  let left = charsMax
  return parts.map((part) => {
    const kept = left > 1 ? cut(part, left) : ''
    left -= kept.length
    return kept
  })
}

/** The only line that may ping: roles first, then what a phone shows. */
function firstLine(card: Card): string {
  const topics = topicsOf(card)
    .map(({ name }) => name)
    .join(', ')
  const line = en.card.notification(topics, card.headline, named(card.outlet))
  const roles = rolesOf(card)
  return `${roles}${roles && ' '}${escapeMarkdown(cut(line, NOTIFICATION_CHARS_MAX))}`
}

function headLine(card: Card): Rich {
  const topics = topicsOf(card).map(({ emoji, name }): Rich => rich`${emoji} ${strong(name)}`)
  const grown = card.grewAt === undefined ? [] : [en.card.updated(ago(card.grewAt))]
  return joined([...topics, rich`${named(card.outlet)}`, [ago(card.publishedAt)], ...grown])
}

function description(card: Card): string {
  const time = `-# ${markdown(joined([[ago(card.publishedAt)], ...(card.grewAt === undefined ? [] : [en.card.updated(ago(card.grewAt))])]))}`
  const tail = tailLine(card)
  const tailText = tail.length > 0 ? `-# ${markdown(tail)}` : ''
  const parts =
    card.style === 'compact'
      ? [time, tailText]
      : [time, summary(card), card.quotes.map((quote) => quoteLines(quote).join('\n')).join('\n\n'), tailText]
  const [first = '', ...rest] = parts.filter(Boolean)
  const body = [`${first}\n${rest[0] ?? ''}`, ...rest.slice(1)].join('\n\n').trim()
  // Every part has its own limit and their sum is under Discord's; escaping could double them, so this guards the last case.
  return body.length <= EMBED_DESCRIPTION_CHARS_MAX ? body : cut(body, EMBED_DESCRIPTION_CHARS_MAX)
}

function summary(card: Card): string {
  const kept: string[] = []
  for (const sentence of card.summary) {
    if (kept.length > 0 && [...kept, sentence].join(' ').length > SUMMARY_CHARS_MAX) break
    kept.push(sentence)
  }
  return escapeMarkdown(cut(kept.join(' '), SUMMARY_CHARS_MAX))
}

function quoteLines(quote: CardQuote): string[] {
  const { name, role } = quote.speaker
  const facts: Rich[] = [[strong(named(name))]]
  if (role) facts.push(rich`${cut(role, FACT_CHARS_MAX)}`)
  if (quote.setting) facts.push(rich`${cut(quote.setting, FACT_CHARS_MAX)}`)
  if (quote.from) facts.push(en.card.addedFrom(named(quote.from)))
  return quoted(quote.text, joined(facts))
}

function tailLine(card: Card): Rich {
  const also = card.alsoIn.length > 0 ? [en.card.alsoIn(card.alsoIn.map(named))] : []
  const matched = card.matched.map((term) => cut(term, TERM_CHARS_MAX))
  const { titleAt, quoteAt } = card.changes
  return joined([
    ...(titleAt === undefined ? [] : [en.card.headlineChanged(clock(titleAt))]),
    ...(quoteAt === undefined ? [] : [en.card.quoteChanged(clock(quoteAt))]),
    ...also,
    ...(card.summaryBy && card.style !== 'compact' ? [en.card.summaryBy(named(card.summaryBy))] : []),
    ...(matched.length > 0 ? [en.card.matched(matched)] : []),
  ])
}

function named(name: string): string {
  return cut(name, NAME_CHARS_MAX)
}

function topicsOf({ topics }: Card): Card['topics'] {
  return topics.slice(0, TOPICS_MAX).map((topic) => ({ ...topic, name: named(oneLine(topic.name)) }))
}

function rolesOf({ mentions }: Card): string {
  return mentions
    .slice(0, ROLES_MAX)
    .map((id) => `<@&${id}>`)
    .join(' ')
}

/** Four, not five: phones wrap. Nothing is shown that does nothing. */
function buttons(card: Card): readonly Button[] {
  const read: Button[] =
    card.url && card.url.length <= BUTTON_URL_CHARS_MAX ? [{ kind: 'link', label: en.card.read, url: card.url }] : []
  const press = (label: string, emoji: string, id: string): Button => ({
    kind: 'press',
    label,
    emoji,
    style: 'secondary',
    id,
  })
  return [
    ...read,
    ...(card.quoteCount > 0
      ? [press(en.card.quotes(card.quoteCount), '💬', customId('card', 'quotes', card.storyId, '0'))]
      : []),
    press(en.card.sources(card.sourceCount), '📰', customId('card', 'sources', card.storyId)),
    { kind: 'press', label: en.card.menu, style: 'secondary', id: customId('card', 'menu', card.storyId, card.marker) },
  ]
}
