/** Discord's components, legacy rows and V2 alike. */
import { type Child, h, hidden, icon } from './dom.ts'
import { drawText } from './draw-text.ts'
import { accent } from './embed.ts'
import { picture } from './picture.ts'
import { type Json, recordOf, recordsOf, textOf, webAddress } from './read.ts'
import { drawSelect } from './select.ts'
import type { Stage } from './stage.ts'

export function drawComponents(components: readonly Json[], stage: Stage): readonly HTMLElement[] {
  return components.map((component) => drawComponent(component, stage))
}

function drawComponent(component: Json, stage: Stage): HTMLElement {
  switch (component['type']) {
    case 1:
      return h('div', { class: 'row' }, ...drawComponents(recordsOf(component['components']), stage))
    case 2:
      return drawButton(component, stage)
    case 3:
      return drawSelect(component, stringOptions(component), stage)
    case 8:
      return drawSelect(component, channelOptions(stage), stage)
    case 9:
      return drawSection(component, stage)
    case 10:
      return drawText(textOf(component['content']), stage)
    case 11:
      return picture(recordOf(component['media'])['url'], { class: 'thumb', alt: textOf(component['description']) })
    case 12:
      return drawGallery(component)
    case 14:
      return drawSeparator(component)
    case 17: {
      const box = h('div', { class: 'container card' }, ...drawComponents(recordsOf(component['components']), stage))
      accent(box, component['accent_color'])
      return box
    }
  }
  return h('p', { class: 'note' }, `(component ${String(component['type'])} is not drawn here)`)
}

const STYLES: Readonly<Record<number, string>> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  5: 'secondary',
}

function drawButton(button: Json, stage: Stage): HTMLElement {
  const { label, emoji, style, url, custom_id: id, disabled } = button
  const face: Child[] = [
    emoji !== undefined &&
      h('span', { class: 'emoji', 'aria-hidden': label ? 'true' : undefined }, textOf(recordOf(emoji)['name'])),
    textOf(label) && h('span', {}, textOf(label)),
  ]
  const look = `button ${STYLES[Number(style)] ?? 'secondary'}`
  const href = webAddress(url)
  if (href && disabled !== true)
    return h(
      'a',
      { class: look, href, target: '_blank', rel: 'noopener noreferrer' },
      ...face,
      icon('out'),
      hidden(' (new tab)'),
    )
  const element = h(
    'button',
    { type: 'button', class: look, disabled: disabled === true, 'data-id': textOf(id) },
    ...face,
  )
  element.addEventListener('click', () => void busyWhile(element, stage.press(textOf(id), [])))
  return element
}

/** Stays where it is and says that it works: a button that vanished would take the focus with it. */
async function busyWhile(element: HTMLElement, work: Promise<void>): Promise<void> {
  element.setAttribute('aria-busy', 'true')
  try {
    await work
  } finally {
    element.removeAttribute('aria-busy')
  }
}

function stringOptions(select: Json) {
  return recordsOf(select['options']).map(({ label, value, description, emoji, default: chosen }) => ({
    label: textOf(label),
    value: textOf(value),
    description: textOf(description),
    emoji: textOf(recordOf(emoji)['name']),
    chosen: chosen === true,
  }))
}

function channelOptions({ channels }: Stage) {
  return channels.map(({ id, name, topic }) => ({
    label: `#${name}`,
    value: id,
    description: topic,
    emoji: '',
    chosen: false,
  }))
}

function drawSection({ components, accessory }: Json, stage: Stage): HTMLElement {
  const words = h('div', { class: 'section-words' }, ...drawComponents(recordsOf(components), stage))
  return h('div', { class: 'section' }, words, drawComponent(recordOf(accessory), stage))
}

function drawGallery({ items }: Json): HTMLElement {
  const pictures = recordsOf(items).map(({ media, description }) =>
    picture(recordOf(media)['url'], { class: 'large', alt: textOf(description) }),
  )
  return h('div', { class: pictures.length > 1 ? 'gallery many' : 'gallery' }, ...pictures)
}

function drawSeparator({ divider, spacing }: Json): HTMLElement {
  const size = spacing === 2 ? 'wide' : 'narrow'
  return divider === false ? h('div', { class: `space ${size}` }) : h('hr', { class: size })
}
