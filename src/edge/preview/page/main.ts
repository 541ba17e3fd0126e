/** Puts the page together: reads what there is, then listens. */
import { press, runCommand, wrongOf } from './answers.ts'
import { createChannelList } from './channel-list.ts'
import { get, listen, post } from './client.ts'
import { keepTime } from './clock.ts'
import { type Composer, createComposer } from './composer.ts'
import { part } from './dom.ts'
import { keepDrawers } from './drawers.ts'
import { createPanel } from './panel.ts'
import type { Stage } from './stage.ts'
import { keepTheme } from './theme.ts'
import { createTimeline } from './timeline.ts'
import type { OperatorStatus, WireChannel, WireCommand, WireMessage } from './wire.ts'

async function start(): Promise<void> {
  const drawers = keepDrawers()
  const [{ answer: channels }, { answer: commands }] = await Promise.all([
    get<readonly WireChannel[]>('/api/channels'),
    get<readonly WireCommand[]>('/api/commands'),
  ])
  const first = channels[0]
  if (!first) throw new Error('Cannot show a channel: there is none')
  const timeline = createTimeline(first, stageFor)
  const channelList = createChannelList(channels, (channel) => void openChannel(channel))
  const composer = createComposer({
    commands,
    channels,
    channelId: () => timeline.channel().id,
    run: (name, options) => runCommand(name, options, timeline),
  })
  const after = await openChannel(first)
  const panel = createPanel({ retry: (id) => wrongOf(() => post('/api/retry', { id })) })
  void wrongOf(async () => panel.show((await get<OperatorStatus>('/api/status')).answer))
  listen(after, {
    message: (message) => {
      if (message.channelId !== timeline.channel().id) channelList.countNew(message.channelId)
      timeline.add(message)
    },
    edit: timeline.change,
    status: panel.show,
    reset: () => void openChannel(timeline.channel()),
    connected: showConnection,
  })
  keepSlash(composer)

  async function openChannel(channel: WireChannel): Promise<string> {
    channelList.show(channel)
    drawers.close()
    return timeline.open(channel)
  }

  function stageFor(message: WireMessage): Stage {
    return {
      channels,
      press: async (customId, values) =>
        showError((await press({ customId, values, fields: {} }, message, timeline)) ?? ''),
      openChannel: (id) => void openChannel(channels.find((channel) => channel.id === id) ?? timeline.channel()),
      typeCommand: (name) => composer.type(`/${name} `),
    }
  }
}

function showError(words: string): void {
  part('line-error', HTMLElement).textContent = words
}

function showConnection(isConnected: boolean): void {
  const state = part('connection', HTMLElement)
  state.classList.toggle('lost', !isConnected)
  document.body.classList.toggle('connected', isConnected)
  const words = isConnected ? 'Local preview, no Discord token' : 'No answer, trying again…'
  if (state.textContent !== words) state.textContent = words
}

/** As in Discord: a slash anywhere begins a command. */
function keepSlash(composer: Composer): void {
  addEventListener('keydown', (event) => {
    const { activeElement } = document
    const isTyping = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement
    if (event.key !== '/' || isTyping || document.querySelector('dialog[open]')) return
    event.preventDefault()
    composer.type('/')
  })
}

function keepRaw(): void {
  const button = part('raw', HTMLButtonElement)
  button.addEventListener('click', () => {
    const isShown = document.body.classList.toggle('show-raw')
    button.setAttribute('aria-pressed', String(isShown))
  })
}

function keepConnect(): void {
  const dialog = part('connect-dialog', HTMLDialogElement)
  part('connect', HTMLButtonElement).addEventListener('click', () => dialog.showModal())
  part('connect-close', HTMLButtonElement).addEventListener('click', () => dialog.close())
}

keepTheme()
keepTime()
keepRaw()
keepConnect()
start().catch((error: unknown) => showError(error instanceof Error ? error.message : String(error)))
