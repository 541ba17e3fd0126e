/** Sends what a person asks for, and shows what comes back: a message, a changed one, a form, or nothing. */
import { post, Refused } from './client.ts'
import { isEphemeral } from './message.ts'
import { openModal } from './modal.ts'
import type { Timeline } from './timeline.ts'
import type { WireMessage, WireReply } from './wire.ts'

export type Pressed = Readonly<{
  customId: string
  values: readonly string[]
  fields: Readonly<Record<string, string>>
}>
/** What went wrong, in one line, or nothing. */
export type Wrong = string | undefined

export async function runCommand(
  name: string,
  options: Readonly<Record<string, string>>,
  timeline: Timeline,
): Promise<Wrong> {
  return wrongOf(async () => {
    const channel = timeline.channel().id
    show(await post<WireReply>('/api/commands', { name, options, channel }), timeline)
  })
}

/** @param under - the message whose button or select it was */
export async function press(pressed: Pressed, under: WireMessage, timeline: Timeline): Promise<Wrong> {
  // A message that only you see stands in no file: its change is shown here.
  const shared = isEphemeral(under) ? {} : { messageId: under.id }
  return wrongOf(async () => {
    const reply = await post<WireReply>('/api/press', { ...pressed, ...shared, channel: under.channelId })
    show(reply, timeline, under)
  })
}

export async function wrongOf(work: () => Promise<unknown>): Promise<Wrong> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error instanceof Refused ? error.message : 'That did not work. Please try again.'
  }
}

function show(reply: WireReply, timeline: Timeline, under?: WireMessage): void {
  switch (reply.kind) {
    case 'silent':
      return
    case 'form':
      // A form that a command opened belongs to no message yet.
      openModal(reply, (fields) => {
        const pressed = { customId: reply.custom_id, values: [], fields }
        return under ? press(pressed, under, timeline) : pressAlone(pressed, timeline)
      })
      return
    case 'message':
      if (reply.how === 'update' && under) timeline.change(inPlaceOf(under, reply))
      else timeline.add(reply)
  }
}

function pressAlone(pressed: Pressed, timeline: Timeline): Promise<Wrong> {
  return wrongOf(async () => {
    const channel = timeline.channel().id
    show(await post<WireReply>('/api/press', { ...pressed, channel }), timeline)
  })
}

function inPlaceOf({ id, createdAt, interaction }: WireMessage, reply: WireMessage): WireMessage {
  return { ...reply, id, createdAt, ...(interaction ? { interaction } : {}) }
}
