/** The JSON behind a message, with how much of Discord's limits it uses. */
import { h } from './dom.ts'
import { gauges } from './meter.ts'
import type { WireMessage } from './wire.ts'

/** Ours, not Discord's. */
const OURS = ['id', 'channel', 'channelId', 'createdAt', 'editedAt', 'interaction', 'kind', 'how']

export function drawRaw(message: WireMessage): HTMLElement {
  const body = Object.fromEntries(Object.entries(message).filter(([key]) => !OURS.includes(key)))
  const meters = gauges(body).map(({ name, value, max }) => {
    const words = `${value.toLocaleString('en')} of ${max.toLocaleString('en')}`
    const bar = h('meter', { min: 0, max, value, high: Math.round(max * 0.9), 'aria-label': name })
    return h('div', { class: 'gauge' }, h('span', {}, name), bar, h('span', { class: 'count' }, words))
  })
  const json = h(
    'pre',
    { tabindex: 0, 'aria-label': 'The payload as JSON', role: 'group' },
    h('code', {}, JSON.stringify(body, undefined, 2)),
  )
  return h('div', { class: 'raw' }, h('div', { class: 'gauges' }, ...meters), json)
}
