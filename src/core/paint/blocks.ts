/** Blocks and controls -> one container of components V2, within Discord's 40 components and 4,000 characters. */

import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInContainer,
  APIComponentInMessageActionRow,
  APIContainerComponent,
  APISectionComponent,
  APITextDisplayComponent,
} from 'discord-api-types/v10'
import { ButtonStyle, ChannelType, ComponentType } from 'discord-api-types/v10'
import type { Block, Button, Control, Reply, Tone } from '../reply.ts'
import type { Rich } from '../rich.ts'
import { cut, oneLine, safeLink } from '../safe-text.ts'
import {
  BUTTON_LABEL_CHARS_MAX,
  BUTTON_URL_CHARS_MAX,
  BUTTONS_PER_ROW_MAX,
  COMPONENTS_MAX,
  COMPONENTS_TEXT_CHARS_MAX,
  SELECT_OPTIONS_MAX,
  SELECT_PLACEHOLDER_CHARS_MAX,
  SELECT_TEXT_CHARS_MAX,
} from './limits.ts'
import { markdown, quoted } from './markdown.ts'

const TONE_COLORS: Readonly<Record<Tone, number>> = {
  plain: 0x5865f2,
  good: 0x248046,
  warning: 0xf0b232,
  bad: 0xda373c,
}
/** What an action row of buttons, or of a select, takes from the 40 at the most. */
const ROW_COMPONENTS = 1 + BUTTONS_PER_ROW_MAX

type MessageReply = Extract<Reply, { kind: 'message' }>

/** Where the room is short, long addresses are dropped before words are: a list of ten stories must name all ten. */
const LINK_CHARS_STEPS = [2_048, 512, 256, 128, 0] as const

/** Blocks that no longer fit are left out behind an ellipsis: callers page long lists, so this is a last guard. */
export function container(reply: Pick<MessageReply, 'tone' | 'color' | 'blocks' | 'controls'>): APIContainerComponent {
  const rows = reply.controls.map(controlRow)
  let components: readonly APIComponentInContainer[] = []
  for (const linkCharsMax of LINK_CHARS_STEPS) {
    const placed = placeAll(reply.blocks, rows.length, linkCharsMax)
    components = placed.components
    if (placed.isWhole) break
  }
  return {
    type: ComponentType.Container,
    accent_color: reply.color ?? TONE_COLORS[reply.tone],
    components: [...components, ...rows],
  }
}

function placeAll(blocks: readonly Block[], rows: number, linkCharsMax: number) {
  // One component and two characters are kept back for the ellipsis.
  const budget = {
    components: COMPONENTS_MAX - 1 - rows * ROW_COMPONENTS,
    chars: COMPONENTS_TEXT_CHARS_MAX - 2,
    linkCharsMax,
  }
  const components: APIComponentInContainer[] = []
  const isWhole = blocks.every((block) => place(block, components, budget))
  if (!isWhole) components.push(textDisplay('…'))
  return { components, isWhole }
}

type Budget = { components: number; chars: number; linkCharsMax: number }

/** Neighbouring texts share one display: each costs one of the 40. */
function place(block: Block, into: APIComponentInContainer[], budget: Budget): boolean {
  if (block.kind === 'divider') {
    budget.components -= 1
    if (budget.components > 1) into.push({ type: ComponentType.Separator, divider: true, spacing: 1 })
    return true
  }
  const lines = blockLines(block, budget.linkCharsMax)
  // Of a list, what fits is shown.
  const fitting = block.kind === 'bullets' ? linesWithin(lines, budget.chars) : lines
  const text = fitting.join('\n')
  const last = into.at(-1)
  const merges = block.kind !== 'section' && last?.type === ComponentType.TextDisplay
  const cost = block.kind === 'section' ? lines.length + 2 : merges ? 0 : 1
  // A gap of two between merged texts.
  const chars = text.length + 2
  if (fitting.length === 0 || chars > budget.chars || cost >= budget.components) return lines.length === 0
  budget.chars -= chars
  budget.components -= cost
  if (block.kind === 'section') into.push(section(block, lines))
  else if (merges) last.content += `${gap(block)}${text}`
  else into.push(textDisplay(text))
  return fitting.length === lines.length
}

function linesWithin(lines: readonly string[], charsMax: number): readonly string[] {
  let left = charsMax - 2
  return lines.filter((line) => {
    left -= line.length + 1
    return left >= 0
  })
}

function gap(block: Block): string {
  return block.kind === 'text' || block.kind === 'note' || block.kind === 'bullets' ? '\n' : '\n\n'
}

function blockLines(block: Exclude<Block, { kind: 'divider' }>, linkCharsMax: number): string[] {
  switch (block.kind) {
    case 'title':
      return [`### ${markdown(block.text, linkCharsMax)}`]
    case 'text':
      return [markdown(block.text, linkCharsMax)]
    case 'note':
      return [`-# ${markdown(block.text, linkCharsMax)}`]
    case 'bullets':
      return block.items.map((item) => `- ${markdown(item, linkCharsMax)}`)
    case 'quote':
      return quoted(block.text, block.by)
    case 'section':
      return block.lines.slice(0, 3).map((line: Rich) => markdown(line, linkCharsMax)) // Discord's limit for a section
  }
}

function section(
  block: Extract<Block, { kind: 'section' }>,
  lines: readonly string[],
): APISectionComponent | APITextDisplayComponent {
  const media = block.image && safeLink(block.image)
  const accessory = block.button
    ? paintButton(block.button)
    : media
      ? ({ type: ComponentType.Thumbnail, media: { url: media } } as const)
      : undefined
  if (!accessory) return textDisplay(lines.join('\n'))
  return { type: ComponentType.Section, components: lines.map(textDisplay), accessory }
}

/** Discord refuses an empty text; a no-break space is none. */
export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content: content.trim() === '' ? '\u00a0' : content }
}

export function buttonRow(buttons: readonly Button[]): APIActionRowComponent<APIButtonComponent> {
  return { type: ComponentType.ActionRow, components: buttons.slice(0, BUTTONS_PER_ROW_MAX).map(paintButton) }
}

const BUTTON_STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const

function paintButton(button: Button): APIButtonComponent {
  const face = {
    label: cut(oneLine(button.label), BUTTON_LABEL_CHARS_MAX),
    ...(button.emoji ? { emoji: { name: button.emoji } } : {}),
  }
  if (button.kind === 'press') {
    const base = {
      type: ComponentType.Button,
      ...face,
      custom_id: button.id,
      style: BUTTON_STYLES[button.style],
    } as const
    return button.disabled ? { ...base, disabled: true } : base
  }
  const url = safeLink(button.url, BUTTON_URL_CHARS_MAX)
  if (url) return { type: ComponentType.Button, ...face, style: ButtonStyle.Link, url }
  return {
    type: ComponentType.Button,
    ...face,
    style: ButtonStyle.Secondary,
    custom_id: 'v1:none:none',
    disabled: true,
  }
}

function controlRow(control: Control): APIActionRowComponent<APIComponentInMessageActionRow> {
  switch (control.kind) {
    case 'buttons':
      return buttonRow(control.buttons)
    case 'channels':
      return {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.ChannelSelect,
            custom_id: control.id,
            placeholder: cut(control.placeholder, SELECT_PLACEHOLDER_CHARS_MAX),
            channel_types: [
              ChannelType.GuildText,
              ChannelType.GuildAnnouncement,
              ChannelType.GuildForum,
              ChannelType.PublicThread,
            ],
          },
        ],
      }
    case 'select': {
      const options = control.options.slice(0, SELECT_OPTIONS_MAX).map((option) => ({
        label: cut(oneLine(option.label) || option.value, SELECT_TEXT_CHARS_MAX),
        value: option.value,
        ...(option.description ? { description: cut(oneLine(option.description), SELECT_TEXT_CHARS_MAX) } : {}),
        ...(option.emoji ? { emoji: { name: option.emoji } } : {}),
        ...(option.chosen ? { default: true } : {}),
      }))
      return {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.StringSelect,
            custom_id: control.id,
            placeholder: cut(control.placeholder, SELECT_PLACEHOLDER_CHARS_MAX),
            min_values: Math.min(control.min, options.length),
            max_values: Math.min(control.max, options.length),
            options,
          },
        ],
      }
    }
  }
}
