/** A select of a message: a button that opens a list box, by mouse and by keyboard alike. */
import { h, icon } from './dom.ts'
import { type Json, numberOf, textOf } from './read.ts'
import type { Stage } from './stage.ts'

export type SelectChoice = Readonly<{
  label: string
  value: string
  description: string
  emoji: string
  chosen: boolean
}>

type Box = {
  readonly button: HTMLButtonElement
  readonly list: HTMLElement
  readonly words: HTMLElement
  readonly rows: readonly HTMLElement[]
  readonly choices: readonly SelectChoice[]
  readonly placeholder: string
  readonly max: number
  readonly chosen: Set<string>
  send(values: readonly string[]): void
  active: number
  /** What was chosen when the list opened. */
  before: string
}

let made = 0

export function drawSelect(select: Json, choices: readonly SelectChoice[], stage: Stage): HTMLElement {
  const box = createBox(select, choices, stage)
  const { button, list, rows } = box
  button.addEventListener('click', () => (list.hidden ? open(box) : close(box, true)))
  button.addEventListener('blur', () => close(box, true))
  button.addEventListener('keydown', (event) => {
    if (onKey(box, event.key)) event.preventDefault()
  })
  for (const [index, row] of rows.entries()) {
    // Before the button loses the focus and closes the list.
    row.addEventListener('pointerdown', (event) => event.preventDefault())
    row.addEventListener('click', () => choose(box, index))
  }
  show(box)
  return h('div', { class: 'select-box' }, button, list)
}

function createBox(select: Json, choices: readonly SelectChoice[], stage: Stage): Box {
  const id = `select-${++made}`
  const max = numberOf(select['max_values'], 1)
  const customId = textOf(select['custom_id'])
  const placeholder = textOf(select['placeholder']) || 'Choose…'
  const words = h('span', {})
  const props = {
    type: 'button',
    class: 'select',
    role: 'combobox',
    'aria-label': placeholder,
    'aria-haspopup': 'listbox',
    'aria-controls': id,
    'data-id': customId,
    disabled: select['disabled'] === true,
  }
  const rows = choices.map((choice, index) => drawChoice(choice, `${id}-${index}`))
  const list = h('div', { id, role: 'listbox', class: 'menu', 'aria-label': placeholder, hidden: true }, ...rows)
  if (max > 1) list.setAttribute('aria-multiselectable', 'true')
  return {
    button: h('button', props, words, icon('down')),
    list,
    words,
    rows,
    choices,
    placeholder,
    max,
    chosen: new Set(choices.filter(({ chosen }) => chosen).map(({ value }) => value)),
    send: (values) => void stage.press(customId, values),
    active: 0,
    before: '',
  }
}

function drawChoice({ label, description, emoji }: SelectChoice, id: string): HTMLElement {
  return h(
    'div',
    { id, role: 'option', 'aria-selected': 'false' },
    emoji && h('span', { class: 'emoji', 'aria-hidden': 'true' }, emoji),
    h('span', { class: 'choice' }, h('strong', {}, label), description && h('small', {}, description)),
    icon('check'),
  )
}

function show({ button, list, words, rows, choices, chosen, placeholder, active }: Box): void {
  const labels = choices.filter(({ value }) => chosen.has(value)).map(({ label }) => label)
  words.textContent = labels.join(', ') || placeholder
  for (const [index, row] of rows.entries()) {
    row.setAttribute('aria-selected', String(chosen.has(choices[index]?.value ?? '')))
    row.classList.toggle('active', index === active)
  }
  button.setAttribute('aria-expanded', String(!list.hidden))
  const row = rows[active]
  if (list.hidden || !row) {
    button.removeAttribute('aria-activedescendant')
    return
  }
  button.setAttribute('aria-activedescendant', row.id)
  row.scrollIntoView({ block: 'nearest' })
}

function open(box: Box): void {
  box.list.hidden = false
  box.before = [...box.chosen].join()
  box.active = Math.max(
    0,
    box.choices.findIndex(({ value }) => box.chosen.has(value)),
  )
  show(box)
  box.list.scrollIntoView({ block: 'nearest' })
}

/** What was chosen is sent once, when the list closes. */
function close(box: Box, send: boolean): void {
  if (box.list.hidden) return
  box.list.hidden = true
  show(box)
  if (send && box.before !== [...box.chosen].join()) box.send([...box.chosen])
}

function choose(box: Box, index: number): void {
  const value = box.choices[index]?.value
  if (value === undefined) return
  box.active = index
  if (box.max > 1) {
    if (!box.chosen.delete(value) && box.chosen.size < box.max) box.chosen.add(value)
    show(box)
    return
  }
  // Chosen again it is sent again: to open a story twice is no mistake.
  box.before = '\n'
  box.chosen.clear()
  box.chosen.add(value)
  close(box, true)
}

/** @returns whether the key was ours */
function onKey(box: Box, key: string): boolean {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (box.list.hidden) {
    if (step !== 0) open(box)
    return step !== 0
  }
  if (step !== 0) box.active = (box.active + step + box.choices.length) % box.choices.length
  else if (key === 'Home') box.active = 0
  else if (key === 'End') box.active = box.choices.length - 1
  else if (key === 'Enter' || key === ' ') choose(box, box.active)
  else if (key === 'Escape') close(box, box.max > 1)
  else return false
  show(box)
  return true
}
