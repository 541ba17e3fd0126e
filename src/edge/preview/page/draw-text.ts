/** Discord's markdown on the page. */
import { timeElement } from './clock.ts'
import { type Child, h, hidden, present } from './dom.ts'
import { type Inline, type Part, parseInline, parseMarkdown } from './markdown.ts'
import { webAddress } from './read.ts'
import type { Stage } from './stage.ts'

export function drawText(text: string, stage: Stage): HTMLElement {
  return h('div', { class: 'text' }, ...drawParts(parseMarkdown(text), stage))
}

/** One line, without blocks: titles and names. */
export function drawLine(text: string, stage: Stage): readonly Child[] {
  return drawInline(parseInline(text), stage)
}

function drawParts(parts: readonly Part[], stage: Stage): readonly Node[] {
  const drawn: Node[] = []
  let open: HTMLElement | undefined
  for (const part of parts) {
    // Neighbouring lines are one paragraph.
    if (part.kind === 'line' && open) {
      open.append(h('br'), ...present(drawInline(part.inside, stage)))
      continue
    }
    const element = drawPart(part, stage)
    open = part.kind === 'line' ? element : undefined
    drawn.push(element)
  }
  return drawn
}

function drawPart(part: Part, stage: Stage): HTMLElement {
  switch (part.kind) {
    case 'gap':
      return h('div', { class: 'gap' })
    case 'line':
      return h('p', {}, ...drawInline(part.inside, stage))
    case 'note':
      return h('p', { class: 'note' }, ...drawInline(part.inside, stage))
    case 'heading':
      // Inside a message every heading is one of the message, whatever its size.
      return h('h3', { class: `size-${part.level}` }, ...drawInline(part.inside, stage))
    case 'quote':
      return h('blockquote', {}, ...drawParts(part.parts, stage))
    case 'fence':
      return h('pre', {}, h('code', {}, part.text))
    case 'list': {
      const items = part.items.map(({ deep, inside }) =>
        h('li', { class: deep && 'deep' }, ...drawInline(inside, stage)),
      )
      return part.start === undefined ? h('ul', {}, ...items) : h('ol', { start: part.start }, ...items)
    }
  }
}

const TAGS = { strong: 'strong', em: 'em', underline: 'u', strike: 's' } as const

function drawInline(inline: readonly Inline[], stage: Stage): readonly Child[] {
  return inline.map((one) => drawOne(one, stage))
}

function drawOne(one: Inline, stage: Stage): Child {
  switch (one.kind) {
    case 'text':
      return one.text
    case 'code':
      return h('code', {}, one.text)
    case 'strong':
    case 'em':
    case 'underline':
    case 'strike':
      return h(TAGS[one.kind], {}, ...drawInline(one.inside, stage))
    case 'spoiler':
      return spoiler(drawInline(one.inside, stage))
    case 'link':
      return link(one.url, drawInline(one.inside, stage))
    case 'time':
      return timeElement(one.at * 1_000, one.style)
    case 'channel':
      return channel(one.id, stage)
    case 'role':
      return h('span', { class: 'mention' }, `@role ${one.id.slice(-4)}`)
    case 'person':
      return h('span', { class: 'mention' }, '@you')
    case 'command':
      return command(one.name, stage)
  }
}

export function link(url: string, words: readonly Child[]): HTMLElement {
  const href = webAddress(url)
  if (!href) return h('span', {}, ...words)
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', title: href }, ...words)
}

function channel(id: string, { channels, openChannel }: Stage): HTMLElement {
  const name = channels.find((one) => one.id === id)?.name
  if (!name) return h('span', { class: 'mention' }, '#unknown')
  return h('button', { type: 'button', class: 'mention', click: () => openChannel(id) }, `#${name}`)
}

function command(name: string, { typeCommand }: Stage): HTMLElement {
  return h('button', { type: 'button', class: 'mention', click: () => typeCommand(name) }, `/${name}`)
}

function spoiler(words: readonly Child[]): HTMLElement {
  const cover = h(
    'button',
    { type: 'button', class: 'spoiler', 'aria-expanded': 'false' },
    hidden('Show what is hidden: '),
  )
  const inside = h('span', { class: 'covered' }, ...words)
  cover.append(inside)
  cover.addEventListener('click', () => {
    const isOpen = cover.classList.toggle('open')
    cover.setAttribute('aria-expanded', String(isOpen))
  })
  return cover
}
