/** The channels at the left: which one is open, and what is new in the others. */
import { h, part } from './dom.ts'
import type { WireChannel } from './wire.ts'

export type ChannelList = Readonly<{
  show(channel: WireChannel): void
  countNew(channelId: string): void
}>

export function createChannelList(channels: readonly WireChannel[], open: (channel: WireChannel) => void): ChannelList {
  const counts = new Map<string, number>()
  const buttons = new Map(channels.map((channel) => [channel.id, drawButton(channel, () => open(channel))]))
  part('channels', HTMLElement).append(...[...buttons.values()].map((button) => h('li', {}, button)))

  function setCount(id: string, count: number): void {
    counts.set(id, count)
    const badge = buttons.get(id)?.querySelector<HTMLElement>('.badge')
    if (!badge) return
    badge.hidden = count === 0
    badge.textContent = count === 0 ? '' : `${count} new`
  }

  return {
    show({ id, name, topic }) {
      part('channel-name', HTMLElement).textContent = name
      part('channel-topic', HTMLElement).textContent = topic
      document.title = `#${name} · Pullquote preview`
      for (const [one, button] of buttons) {
        if (one === id) button.setAttribute('aria-current', 'page')
        else button.removeAttribute('aria-current')
      }
      setCount(id, 0)
    },
    countNew: (id) => setCount(id, (counts.get(id) ?? 0) + 1),
  }
}

function drawButton({ id, name }: WireChannel, click: () => void): HTMLButtonElement {
  return h(
    'button',
    { type: 'button', class: 'channel', 'data-channel': id, click },
    h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
    h('span', {}, name),
    h('span', { class: 'live', 'aria-hidden': 'true' }, 'live'),
    h('span', { class: 'badge', hidden: true }),
  )
}
