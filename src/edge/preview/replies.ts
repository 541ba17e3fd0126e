/** Runs what the page asks for, and makes of the reply what Discord would: a message for all, one for you alone, a form, or nothing. */
import type { MessageId } from '../../core/model.ts'
import type { PaintedReply } from '../../core/paint.ts'
import type { Reply } from '../../core/reply.ts'
import { type Asker, type Choice, runCommand, runComplete, runPress } from '../../flow/command.ts'
import type { Log } from '../../flow/ports.ts'
import { findCommand, readAsker, readOptions, readRecord, readWord, readWords } from './asked.ts'
import { modalFault } from './component-fault.ts'
import { messageFault } from './message-fault.ts'
import { imageUrls, type KeptMessage, type MessageBody, type Used } from './messages.ts'
import type { WireReply } from './page/wire.ts'
import type { PreviewWorld } from './preview-world.ts'
import { wireMessage } from './wire-message.ts'

/** A component's id: longer ones are nobody's. */
const CUSTOM_ID_CHARS_MAX = 100
const EPHEMERAL = 64

/** A reply that breaks Discord's limits: our bug, shown as such. */
export class RefusedReply extends Error {}

export type From = Readonly<{ channelId: string; zone?: string }>
type Body = Record<string, unknown>

export async function answerCommand(body: Body, from: From, preview: PreviewWorld): Promise<WireReply> {
  const given = readRecord(body['options'], 'options')
  const found = findCommand(preview.commands, body['name'], given)
  const options = readOptions(found, given, preview)
  const asker = readAsker(from.channelId, from.zone)
  const request = { asker, options, ...(found.subcommand ? { subcommand: found.subcommand } : {}) }
  const reply = await runCommand(found.command, request, preview.world())
  const name = [found.command.name, found.subcommand].filter(Boolean).join(' ')
  const shown = Object.entries(options).map(([option, value]) => `${option}:${shownValue(option, value)}`)
  return settle(reply, { asker, used: { name, text: ['/', name, ...shown.map((one) => ` ${one}`)].join('') } }, preview)

  function shownValue(option: string, value: string | number | boolean): string {
    const isChannel = found.specs.some((spec) => spec.name === option && spec.kind === 'channel')
    return isChannel ? `#${preview.channels.find(({ id }) => id === value)?.name ?? value}` : String(value)
  }
}

export async function answerComplete(body: Body, from: From, preview: PreviewWorld): Promise<readonly Choice[]> {
  const given = readRecord(body['options'], 'options')
  const found = findCommand(preview.commands, body['name'], given)
  const options = readOptions(found, given, { channels: preview.channels, partial: true })
  const focused = readWord(body['focused'], 'focused', CUSTOM_ID_CHARS_MAX)
  const typed = readWord(body['typed'] ?? '', 'typed')
  const asker = readAsker(from.channelId, from.zone)
  const request = { asker, options, focused, typed, ...(found.subcommand ? { subcommand: found.subcommand } : {}) }
  return runComplete(found.command, request, preview.world())
}

export async function answerPress(body: Body, from: From, preview: PreviewWorld): Promise<WireReply> {
  const customId = readWord(body['customId'], 'customId', CUSTOM_ID_CHARS_MAX)
  const values = readWords(body['values'], 'values')
  const given = readRecord(body['fields'], 'fields')
  const fields = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, readWord(value, name)]))
  const messageId = body['messageId'] === undefined ? undefined : readWord(body['messageId'], 'messageId', 20)
  const asker = readAsker(from.channelId, from.zone)
  const reply = await runPress(preview.pressables, { customId, asker, values, fields }, preview.world())
  return settle(reply, { asker, ...(messageId ? { messageId } : {}) }, preview)
}

type Asking = Readonly<{ asker: Asker; used?: Used; messageId?: string }>

function settle(reply: Reply, asking: Asking, preview: PreviewWorld): WireReply {
  const painted = preview.paintReply(reply)
  const fault = faultOf(painted)
  if (fault) throw refused(fault, preview.log)
  switch (painted.kind) {
    case 'silent':
      return { kind: 'silent' }
    case 'form':
      return { kind: 'form', ...painted.modal }
    case 'message': {
      const body = { ...painted.message } as MessageBody
      const shown = painted.how === 'update' ? update(body, asking, preview) : undefined
      const message = shown ?? show(body, asking, preview)
      return { kind: 'message', how: painted.how, ...wireMessage(message, preview.channels) }
    }
  }
}

function faultOf(painted: PaintedReply): string | undefined {
  switch (painted.kind) {
    case 'silent':
      return undefined
    case 'form':
      return modalFault(painted.modal)
    case 'message':
      return messageFault(painted.message)
  }
}

function refused(fault: string, log: Log): RefusedReply {
  log.error('reply refused', { error: fault })
  return new RefusedReply(`Discord would refuse this reply. 50035 Invalid Form Body: ${fault}`)
}

/** A shared message changes for everyone; one that only you see is changed by the page that holds it. */
function update(body: MessageBody, { messageId }: Asking, preview: PreviewWorld): KeptMessage | undefined {
  if (!(messageId && preview.messages.get(messageId))) return undefined
  const shared = { ...body, flags: Number(body['flags'] ?? 0) & ~EPHEMERAL }
  const changed = preview.messages.change(messageId as MessageId, shared, preview.now())
  if (changed?.isChanged) preview.announce(changed.message)
  return changed?.message
}

function show(body: MessageBody, { asker, used }: Asking, preview: PreviewWorld): KeptMessage {
  const { channelId } = asker
  const now = preview.now()
  if ((Number(body['flags'] ?? 0) & EPHEMERAL) === 0) {
    const { message } = preview.messages.add({ channelId, body, now, ...(used ? { used } : {}) })
    preview.announce(message)
    return message
  }
  for (const url of imageUrls(body)) preview.seenImages.add(url)
  const id = preview.nextEphemeralId() as MessageId
  return { id, channelId, createdAt: now, body, change: 0, madeBy: 0, ...(used ? { used } : {}) }
}
