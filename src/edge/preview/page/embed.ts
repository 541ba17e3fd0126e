/** One embed, drawn as Discord draws it. */
import { timeElement } from './clock.ts'
import { type Child, h } from './dom.ts'
import { drawLine, drawText, link } from './draw-text.ts'
import { picture } from './picture.ts'
import { type Json, numberOf, recordOf, recordsOf, textOf } from './read.ts'
import type { Stage } from './stage.ts'

export function drawEmbed(embed: Json, stage: Stage): HTMLElement {
  const { author, title, url, description, fields, thumbnail, image, footer, timestamp, color } = embed
  const thumb = textOf(recordOf(thumbnail)['url'])
  const large = textOf(recordOf(image)['url'])
  const words = [
    ...authorOf(recordOf(author)),
    textOf(title) &&
      h(
        'h3',
        { class: 'title' },
        ...(url ? [link(textOf(url), drawLine(textOf(title), stage))] : drawLine(textOf(title), stage)),
      ),
    textOf(description) && drawText(textOf(description), stage),
    ...fieldsOf(recordsOf(fields), stage),
  ]
  const box = h(
    'div',
    { class: 'embed card' },
    h(
      'div',
      { class: 'embed-body' },
      h('div', { class: 'embed-words' }, ...words),
      thumb && picture(thumb, { class: 'thumb', alt: '' }),
    ),
    large && picture(large, { class: 'large', alt: '' }),
    footerOf(recordOf(footer), textOf(timestamp)),
  )
  accent(box, color)
  return box
}

/** The colour is never the only sign of anything. */
export function accent(box: HTMLElement, color: unknown): void {
  if (typeof color === 'number') box.style.setProperty('--accent', `#${numberOf(color).toString(16).padStart(6, '0')}`)
}

function authorOf({ name, url, icon_url: image }: Json): readonly Child[] {
  if (!textOf(name)) return []
  const words = [textOf(name)]
  const face = image ? picture(image, { class: 'tiny', alt: '' }) : undefined
  return [h('p', { class: 'author' }, face, url ? link(textOf(url), words) : h('span', {}, ...words))]
}

function fieldsOf(fields: readonly Json[], stage: Stage): readonly Child[] {
  if (fields.length === 0) return []
  const drawn = fields.map(({ name, value, inline }) =>
    h(
      'div',
      { class: inline === true ? 'field inline' : 'field' },
      h('h3', {}, ...drawLine(textOf(name), stage)),
      drawText(textOf(value), stage),
    ),
  )
  return [h('div', { class: 'fields' }, ...drawn)]
}

function footerOf({ text, icon_url: image }: Json, timestamp: string): Child {
  const at = Date.parse(timestamp)
  if (!textOf(text) && Number.isNaN(at)) return undefined
  const words = textOf(text)
  const face = image ? picture(image, { class: 'tiny', alt: '' }) : undefined
  const when = Number.isNaN(at) ? [] : [words ? ' · ' : '', timeElement(at, 'f')]
  return h('p', { class: 'footer note' }, face, words, ...when)
}
