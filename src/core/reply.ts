/** What a command answers: values, painted by `paint.ts` for Discord and the preview alike. */
import type { Rich } from './rich.ts'

export type Tone = 'plain' | 'good' | 'warning' | 'bad'

export type Block = Readonly<
  | { kind: 'title'; text: Rich }
  | { kind: 'text'; text: Rich }
  /** Secondary: smaller and paler. */
  | { kind: 'note'; text: Rich }
  | { kind: 'bullets'; items: readonly Rich[] }
  /** Somebody's words, and who said them. Untrusted text. */
  | { kind: 'quote'; text: string; by: Rich }
  | { kind: 'divider' }
  /** Text with one thing at its right: a picture or a button. */
  | { kind: 'section'; lines: readonly Rich[]; image?: string; button?: Button }
>

export type Button = Readonly<
  | {
      kind: 'press'
      label: string
      emoji?: string
      style: 'primary' | 'secondary' | 'success' | 'danger'
      id: string
      disabled?: boolean
    }
  | { kind: 'link'; label: string; emoji?: string; url: string }
>
export type SelectOption = Readonly<{
  label: string
  value: string
  description?: string
  emoji?: string
  chosen?: boolean
}>
export type Control = Readonly<
  | { kind: 'buttons'; buttons: readonly Button[] } // five at the most
  | { kind: 'select'; id: string; placeholder: string; options: readonly SelectOption[]; min: number; max: number }
  | { kind: 'channels'; id: string; placeholder: string }
>

export type FormField = Readonly<{
  name: string
  label: string
  value: string
  placeholder?: string
  long: boolean
  required: boolean
  charsMax: number
}>

export type Reply = Readonly<
  | {
      kind: 'message'
      /** Who sees it: the person who asked, or the channel. */
      to: 'you' | 'everyone'
      /** `update` replaces the message whose button was pressed. */
      how: 'new' | 'update'
      tone: Tone
      /** 0xRRGGBB; a topic's colour, instead of the tone's. */
      color?: number
      blocks: readonly Block[]
      controls: readonly Control[]
    }
  /** A modal. Its answer comes back as a submit of `id`. */
  | { kind: 'form'; id: string; title: string; fields: readonly FormField[] }
  /** Nothing to say: the press is acknowledged, the message stays as it is. */
  | { kind: 'silent' }
>

export type MessageReply = Extract<Reply, { kind: 'message' }>

/** The usual answer: only the person who asked sees it. */
export function onlyYou(
  blocks: readonly Block[],
  more: Partial<Omit<MessageReply, 'kind' | 'to' | 'blocks'>> = {},
): MessageReply {
  return { kind: 'message', to: 'you', how: 'new', tone: 'plain', controls: [], ...more, blocks }
}

/** What went wrong and what to do, in the words of the catalogue. */
export function refusal(what: Rich, wayOut?: Rich): MessageReply {
  const blocks: Block[] = [{ kind: 'text', text: what }]
  if (wayOut) blocks.push({ kind: 'note', text: wayOut })
  return onlyYou(blocks, { tone: 'bad' })
}
