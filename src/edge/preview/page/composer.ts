/** The line at the bottom: a combobox for slash commands. The keyboard alone suffices. */
import { post } from './client.ts'
import { type Line, missingOf, optionsOf, readLine, type Segment } from './command-line.ts'
import { h, part } from './dom.ts'
import { createMenu, type Menu } from './menu.ts'
import {
  answerProposal,
  type Filling,
  faultIn,
  type Known,
  type Proposal,
  proposalsFor,
  valuesOf,
  withOption,
} from './proposals.ts'
import type { WireChannel, WireChoice, WireCommand, WireOption } from './wire.ts'

/** A pause in typing. */
const COMPLETE_AFTER_MS = 120

export type ComposerWorld = Readonly<{
  commands: readonly WireCommand[]
  channels: readonly WireChannel[]
  channelId(): string
  /** Runs a command; answers what went wrong, in one line, or nothing. */
  run(name: string, options: Readonly<Record<string, string>>): Promise<string | undefined>
}>
export type Composer = Readonly<{
  /** Puts a text into the line, with the caret at its end. */
  type(text: string): void
}>

export function createComposer(world: ComposerWorld): Composer {
  const input = part('line', HTMLInputElement)
  const picked = new Map<string, string>()
  const desk: Desk = {
    input,
    error: part('line-error', HTMLElement),
    chips: part('chips', HTMLElement),
    world,
    picked,
    known: { ...world, picked },
    menu: createMenu({
      list: part('line-menu', HTMLElement),
      input,
      status: part('line-status', HTMLElement),
      pick: (proposal) => pick(desk, proposal),
    }),
    asking: undefined,
  }
  input.addEventListener('input', () => refresh(desk))
  input.addEventListener('focus', () => refresh(desk))
  input.addEventListener('blur', () => desk.menu.show([], -1))
  input.addEventListener('keydown', (event) => {
    if (onKey(desk, event)) event.preventDefault()
  })
  return { type: (text) => type(desk, text) }
}

type Desk = {
  readonly input: HTMLInputElement
  readonly error: HTMLElement
  readonly chips: HTMLElement
  readonly menu: Menu
  readonly world: ComposerWorld
  readonly picked: Map<string, string>
  readonly known: Known
  /** The question to the server that is under way. */
  asking: AbortController | undefined
}

function lineOf({ input, world }: Desk): Line {
  return readLine(input.value, input.selectionStart ?? input.value.length, world.commands)
}

function type(desk: Desk, text: string): void {
  desk.input.value = text
  desk.input.focus()
  desk.input.setSelectionRange(text.length, text.length)
  refresh(desk)
}

function pick(desk: Desk, { text, picked }: Proposal): void {
  if (picked) desk.picked.set(picked.key, picked.value)
  type(desk, text)
}

function refresh(desk: Desk): void {
  desk.asking?.abort()
  desk.error.textContent = ''
  const line = lineOf(desk)
  const { list, active, asks } = proposalsFor(line, desk.input.value, desk.known)
  desk.menu.show(list, active)
  desk.chips.replaceChildren(...(line.kind === 'filling' ? drawChips(desk, line) : []))
  if (asks && line.kind === 'filling') void ask(desk, line, asks)
}

/** An answer that comes late is nobody's. */
async function ask(desk: Desk, line: Filling, at: Segment): Promise<void> {
  const asking = new AbortController()
  desk.asking = asking
  await new Promise((resolve) => setTimeout(resolve, COMPLETE_AFTER_MS))
  if (asking.signal.aborted) return
  const { [at.option.name]: _typed, ...options } = valuesOf(line, desk.known)
  const channel = desk.world.channelId()
  const asked = { name: line.command.name, options, focused: at.option.name, typed: at.value, channel }
  try {
    const choices = await post<readonly WireChoice[]>('/api/complete', asked, asking.signal)
    if (asking.signal.aborted || document.activeElement !== desk.input) return
    const text = desk.input.value
    desk.menu.show(
      choices.map((choice) => answerProposal(at, choice, text)),
      -1,
    )
  } catch {
    // No proposals: what is typed still counts.
  }
}

/** The options of the command, to see what is left and to press. */
function drawChips(desk: Desk, line: Filling): readonly HTMLElement[] {
  const given = optionsOf(line)
  return line.command.options.map((option) => {
    const isGiven = Object.hasOwn(given, option.name)
    const state = isGiven ? 'given' : option.required ? 'required' : 'optional'
    const chip = h('button', { type: 'button', class: `chip ${state}`, title: option.describe }, option.name)
    chip.append(h('span', { class: 'unseen' }, `: ${option.describe} (${state})`))
    chip.addEventListener('click', () => (isGiven ? desk.input.focus() : addOption(desk, line, option)))
    return chip
  })
}

function addOption(desk: Desk, line: Filling, option: WireOption): void {
  type(desk, withOption(line, option, desk.input.value))
}

/** @returns whether the key was ours */
function onKey(desk: Desk, event: KeyboardEvent): boolean {
  const { menu } = desk
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      menu.move(event.key === 'ArrowDown' ? 1 : -1)
      return true
    case 'Escape':
      if (!menu.isOpen()) return false
      menu.show([], -1)
      return true
    case 'Tab': {
      // Elsewhere Tab goes on to the options below and the rest of the page.
      const first = event.shiftKey || lineOf(desk).kind !== 'naming' ? undefined : menu.chosen(0)
      if (first) pick(desk, first)
      return first !== undefined
    }
    case 'Enter': {
      if (event.isComposing) return false
      const chosen = isWholeName(desk) ? undefined : menu.chosen()
      if (chosen) pick(desk, chosen)
      else void submit(desk)
      return true
    }
  }
  return false
}

/** A whole name needs no picking: Enter runs it, or asks for what it needs. */
function isWholeName(desk: Desk): boolean {
  const name = desk.input.value.slice(1).trim()
  return lineOf(desk).kind === 'naming' && desk.world.commands.some((command) => command.name === name)
}

async function submit(desk: Desk): Promise<void> {
  const { input, error, menu, world, known } = desk
  if (input.hasAttribute('aria-busy') || input.value.trim() === '') return
  const whole = input.value.endsWith(' ') ? input.value : `${input.value} `
  const line = readLine(whole, whole.length, world.commands)
  if (line.kind !== 'filling') {
    error.textContent =
      line.kind === 'plain'
        ? 'Only slash commands work here: type / to see them.'
        : `There is no command ${input.value.trim()}.`
    return
  }
  const [missing] = missingOf(line)
  if (missing) {
    if (!line.segments.some(({ option }) => option.name === missing.name)) addOption(desk, line, missing)
    error.textContent = `"${missing.name}" is missing: ${missing.describe}`
    return
  }
  const fault = faultIn(line, known)
  if (fault) {
    error.textContent = fault
    return
  }
  input.setAttribute('aria-busy', 'true')
  menu.show([], -1)
  const wrong = await world.run(line.command.name, valuesOf(line, known))
  input.removeAttribute('aria-busy')
  if (wrong === undefined) type(desk, '')
  else error.textContent = wrong
}
