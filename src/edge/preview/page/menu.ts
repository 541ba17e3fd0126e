/** The composer's list box: what may come next, one of it active or none. */
import { h } from './dom.ts'
import type { Proposal } from './proposals.ts'

export type Menu = Readonly<{
  show(proposals: readonly Proposal[], active: number): void
  move(step: number): void
  isOpen(): boolean
  /** The active one, or the one at `otherwise`. */
  chosen(otherwise?: number): Proposal | undefined
}>
export type MenuParts = Readonly<{
  list: HTMLElement
  input: HTMLInputElement
  /** Says how many there are. */
  status: HTMLElement
  pick(proposal: Proposal): void
}>

export function createMenu({ list, input, status, pick }: MenuParts): Menu {
  let shown: readonly Proposal[] = []
  let active = -1

  function mark(): void {
    for (const [index, row] of [...list.children].entries()) row.setAttribute('aria-selected', String(index === active))
    const row = list.children[active]
    if (row) input.setAttribute('aria-activedescendant', row.id)
    else input.removeAttribute('aria-activedescendant')
    row?.scrollIntoView({ block: 'nearest' })
  }

  return {
    show(proposals, first) {
      shown = proposals
      active = first
      list.hidden = proposals.length === 0
      input.setAttribute('aria-expanded', String(proposals.length > 0))
      const rows = proposals.map((proposal, index) => drawRow(proposal, `${list.id}-${index}`, pick))
      list.replaceChildren(...rows)
      status.textContent = proposals.length > 0 ? `${proposals.length} to choose from` : ''
      mark()
    },
    move(step) {
      if (shown.length === 0) return
      const from = active < 0 && step < 0 ? 0 : active
      active = (from + step + shown.length) % shown.length
      mark()
    },
    isOpen: () => shown.length > 0,
    chosen: (otherwise = -1) => shown[active] ?? shown[otherwise],
  }
}

function drawRow(proposal: Proposal, id: string, pick: MenuParts['pick']): HTMLElement {
  const { name, describe, aside } = proposal
  const row = h(
    'div',
    { id, role: 'option', 'aria-selected': 'false', click: () => pick(proposal) },
    h('strong', {}, name),
    describe && h('span', { class: 'describe' }, describe),
    aside && h('span', { class: 'aside' }, aside),
  )
  // The caret stays in the composer.
  row.addEventListener('pointerdown', (event) => event.preventDefault())
  return row
}
