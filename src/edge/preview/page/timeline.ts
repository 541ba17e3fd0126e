/** The messages of the open channel, oldest first. */
import { get } from './client.ts'
import { part } from './dom.ts'
import { type Follow, keepAtEnd } from './follow.ts'
import { drawMessage, isEphemeral, spokenWords } from './message.ts'
import type { Stage } from './stage.ts'
import type { WireChannel, WireMessage } from './wire.ts'

const PAGE_SIZE = 50

export type Timeline = Readonly<{
  /** Reads the channel; answers where its events go on. */
  open(channel: WireChannel): Promise<string>
  channel(): WireChannel
  add(message: WireMessage): void
  change(message: WireMessage): void
}>

type Room = {
  readonly scroller: HTMLElement
  readonly list: HTMLElement
  readonly older: HTMLElement
  readonly empty: HTMLElement
  readonly live: HTMLElement
  readonly follow: Follow
  /** Only this page has them: a reload forgets them, as Discord does. */
  readonly ephemerals: Map<string, WireMessage>
  stageFor(message: WireMessage): Stage
  channel: WireChannel
}

export function createTimeline(first: WireChannel, stageFor: Room['stageFor']): Timeline {
  const scroller = part('scroller', HTMLElement)
  const list = part('messages', HTMLElement)
  const room: Room = {
    scroller,
    list,
    older: part('older', HTMLButtonElement),
    empty: part('empty', HTMLElement),
    live: part('live', HTMLElement),
    follow: keepAtEnd(scroller, list, part('newer', HTMLButtonElement)),
    ephemerals: new Map(),
    stageFor,
    channel: first,
  }
  room.older.addEventListener('click', () => void showOlder(room))
  return {
    channel: () => room.channel,
    open: (channel) => open(room, channel),
    add: (message) => add(room, message),
    change: (message) => change(room, message),
  }
}

async function open(room: Room, channel: WireChannel): Promise<string> {
  room.channel = channel
  const { messages, after } = await read(room)
  const own = [...room.ephemerals.values()].filter(({ channelId }) => channelId === channel.id)
  const all = [...messages, ...own].toSorted((a, b) => a.createdAt - b.createdAt)
  room.list.replaceChildren(...all.map((message) => draw(room, message)))
  room.list.setAttribute('aria-label', `Messages in #${channel.name}`)
  showEmpty(room)
  room.follow.toEnd()
  return after
}

async function read({ channel, older }: Room, before?: string) {
  const query = new URLSearchParams({ channel: channel.id, limit: String(PAGE_SIZE), ...(before ? { before } : {}) })
  const { answer, headers } = await get<readonly WireMessage[]>(`/api/messages?${query}`)
  older.hidden = answer.length < PAGE_SIZE
  return { messages: answer, after: headers.get('x-pullquote-change') ?? '0' }
}

/** What was in sight stays in sight. */
async function showOlder(room: Room): Promise<void> {
  const { list, scroller } = room
  const oldest = list.querySelector<HTMLElement>('.message:not(.ephemeral)')
  const { messages } = await read(room, oldest?.dataset['message'])
  const heightBefore = scroller.scrollHeight
  list.prepend(...messages.filter(({ id }) => !item(room, id)).map((message) => draw(room, message)))
  scroller.scrollTop += scroller.scrollHeight - heightBefore
}

function item({ list }: Room, id: string): HTMLElement | null {
  return list.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`)
}

function draw(room: Room, message: WireMessage): HTMLElement {
  return drawMessage(message, room.stageFor(message), () => dismiss(room, message.id))
}

function dismiss(room: Room, id: string): void {
  room.ephemerals.delete(id)
  item(room, id)?.remove()
  showEmpty(room)
  part('line', HTMLInputElement).focus()
}

function showEmpty({ empty, list }: Room): void {
  empty.hidden = list.children.length > 0
}

function add(room: Room, message: WireMessage): void {
  const { channel, list, live, follow } = room
  if (isEphemeral(message)) room.ephemerals.set(message.id, message)
  if (message.channelId !== channel.id || item(room, message.id)) return
  const wasAtEnd = follow.isAtEnd()
  const drawn = draw(room, message)
  drawn.classList.add('fresh')
  list.append(drawn)
  showEmpty(room)
  live.textContent = `New in ${channel.name}: ${spokenWords(message)}`
  // Whoever asked for it wants to see it.
  if (wasAtEnd || message.interaction) follow.toEnd()
  else follow.tellOfNew()
}

function change(room: Room, message: WireMessage): void {
  if (isEphemeral(message)) room.ephemerals.set(message.id, message)
  const old = item(room, message.id)
  if (!old) return
  const { activeElement } = document
  const focused = old.contains(activeElement) ? activeElement?.getAttribute('data-id') : undefined
  const drawn = draw(room, message)
  old.replaceWith(drawn)
  if (focused) (drawn.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`) ?? focusable(drawn)).focus()
}

/** The button that was pressed is gone: the message itself takes the focus, not the top of the page. */
function focusable(element: HTMLElement): HTMLElement {
  element.tabIndex = -1
  return element
}
