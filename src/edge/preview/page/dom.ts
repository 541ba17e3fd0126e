/** Elements without markup in strings: a text is only ever a text. */

type Prop = string | number | boolean | undefined | ((event: Event) => void)
export type Child = Node | string | undefined | false

/** Functions listen, booleans are there or not, the rest are attributes. Styles are set by hand: the policy forbids the attribute. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Readonly<Record<string, Prop>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (typeof value === 'boolean') element.toggleAttribute(name, value)
    else if (value !== undefined) element.setAttribute(name, String(value))
  }
  element.append(...present(children))
  return element
}

export function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child): child is Node | string => child !== undefined && child !== false && child !== '')
}

const SVG = 'http://www.w3.org/2000/svg'
const ICONS = {
  check: 'M3.5 8.5l3 3 6-7',
  out: 'M9 2h5v5M14 2L7.5 8.5M12 9.5V13a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h3.5',
  down: 'M3 5.5l5 5 5-5',
  picture: 'M2 3.5h12v9H2zM2 11l3.5-3.5L8 10l2.5-2.5L14 11M10.5 6h.01',
  person: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4',
} as const

/** Beside words that say the same: hidden from screen readers. */
export function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  for (const [key, value] of Object.entries({ viewBox: '0 0 16 16', class: `icon ${name}`, 'aria-hidden': 'true' }))
    svg.setAttribute(key, value)
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', ICONS[name])
  svg.append(path)
  return svg
}

/** For screen readers alone. */
export function hidden(text: string): HTMLSpanElement {
  return h('span', { class: 'unseen' }, text)
}

/** An element of page.html. Throws where the page lacks it: a bug. */
export function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`Cannot find #${id} in the page`)
  return found
}
