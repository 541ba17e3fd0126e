/** One message of the channel: who, when, and what Discord would draw. */
import { clockElement } from './clock.ts'
import { drawComponents } from './components.ts'
import { type Child, h, icon } from './dom.ts'
import { drawText } from './draw-text.ts'
import { drawEmbed } from './embed.ts'
import { drawRaw } from './raw.ts'
import { recordsOf, textOf } from './read.ts'
import type { Stage } from './stage.ts'
import type { WireMessage } from './wire.ts'

const EPHEMERAL = 64

export const isEphemeral = ({ flags }: WireMessage): boolean => ((flags ?? 0) & EPHEMERAL) !== 0

/** @param dismiss - takes a message away that only you see */
export function drawMessage(message: WireMessage, stage: Stage, dismiss: () => void): HTMLLIElement {
  const { id, createdAt, editedAt, interaction, content, embeds, components } = message
  const author = `author-${id}`
  const body: Child[] = [
    interaction && usedLine(interaction),
    h(
      'h2',
      { id: author, class: 'who' },
      h('span', { class: 'name' }, 'Pullquote'),
      h('span', { class: 'tag' }, icon('check'), 'APP'),
      clockElement(createdAt),
    ),
    textOf(content) && drawText(textOf(content), stage),
    ...recordsOf(embeds).map((embed) => drawEmbed(embed, stage)),
    ...drawComponents(recordsOf(components), stage),
    editedAt !== undefined &&
      h('small', { class: 'edited', title: new Date(editedAt).toLocaleString('en-GB') }, '(edited)'),
    isEphemeral(message) &&
      h(
        'p',
        { class: 'only-you' },
        'Only you can see this · ',
        h('button', { type: 'button', class: 'as-link', click: dismiss }, 'Dismiss message'),
      ),
    drawRaw(message),
  ]
  const look = ['message', isEphemeral(message) && 'ephemeral', interaction && 'reply'].filter(Boolean).join(' ')
  return h(
    'li',
    { class: look, 'data-message': id },
    h(
      'article',
      { 'aria-labelledby': author },
      h('div', { class: 'avatar', 'aria-hidden': 'true' }),
      h('div', { class: 'said' }, ...body),
    ),
  )
}

function usedLine({ text, user }: NonNullable<WireMessage['interaction']>): HTMLElement {
  return h(
    'p',
    { class: 'used' },
    h('span', { class: 'face', 'aria-hidden': 'true' }, icon('person')),
    h('strong', {}, user.username),
    ' used ',
    h('span', { class: 'mention' }, text),
  )
}

/** What a screen reader is told of a message that came. */
export function spokenWords(message: WireMessage): string {
  const content = textOf(message.content)
  if (content) return content
  const [embed] = recordsOf(message.embeds)
  return textOf(embed?.['title']) || firstText(message.components) || 'a message'
}

function firstText(components: unknown): string {
  for (const component of recordsOf(components)) {
    const words = component['type'] === 10 ? textOf(component['content']) : firstText(component['components'])
    if (words) return words.replace(/<[^>]*>|[#*_`>]|^-#/g, '').slice(0, 200)
  }
  return ''
}
