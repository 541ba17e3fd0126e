/** The operator's panel: what runs, what waits, what failed. */
import { agoElement, shortSpan, untilElement } from './clock.ts'
import { h, hidden, part } from './dom.ts'
import type { DeliveryStatus, FeedStatus, LoopStatus, OperatorStatus } from './wire.ts'

export type PanelWorld = Readonly<{
  /** Sends a dead delivery again; answers what went wrong, in one line, or nothing. */
  retry(id: string): Promise<string | undefined>
}>

export function createPanel({ retry }: PanelWorld): Readonly<{ show(status: OperatorStatus): void }> {
  const body = part('panel-body', HTMLElement)
  let shown = ''
  return {
    show(status) {
      const text = JSON.stringify(status)
      // Redrawn only when something changed: a person may be reading, or about to press.
      if (text === shown) return
      shown = text
      const focused = document.activeElement?.getAttribute('data-retry')
      body.replaceChildren(
        ...section('Pipeline', tiles(status)),
        ...section('Loops', loopTable(status.loops)),
        ...section('Feeds', feedList(status)),
        ...section('Deliveries', deliveryList(status, retry)),
      )
      if (focused) body.querySelector<HTMLElement>(`[data-retry="${CSS.escape(focused)}"]`)?.focus()
    },
  }
}

const section = (title: string, content: HTMLElement) => [h('h3', {}, title), content]

function tiles({ feeds, feedsUp, storiesToday, posted, feedToCardP95Ms: p95 }: OperatorStatus): HTMLElement {
  const tile = (label: string, value: string, unit = '') =>
    h('div', { class: 'tile' }, h('dt', {}, label), h('dd', {}, value, unit && h('small', {}, unit)))
  const [amount, unit] =
    p95 === undefined ? ['–', ''] : p95 < 10_000 ? [`${Math.round(p95)}`, ' ms'] : shortSpan(p95).split(/(?= )/)
  return h(
    'dl',
    { class: 'tiles' },
    tile('Feeds up', String(feedsUp), `/${feeds}`),
    tile('Stories today', String(storiesToday)),
    tile('Posted', String(posted)),
    tile('Feed → card p95', amount ?? '–', unit),
  )
}

const LOOP_WORDS = { gather: 'Gather feeds', read: 'Read articles', deliver: 'Deliver cards' } as const

function loopTable(loops: readonly LoopStatus[]): HTMLElement {
  // Not every composition root counts them.
  const isTimed = loops.some(({ lastAt }) => lastAt !== undefined)
  const rows = loops.map(({ name, waiting, lastAt, lastTookMs }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, LOOP_WORDS[name]),
      h('td', { class: waiting > 0 ? 'busy' : 'idle' }, waiting > 0 ? `${waiting} waiting` : 'idle'),
      isTimed && h('td', {}, lastAt === undefined ? '' : agoElement(lastAt)),
      isTimed && h('td', { class: 'number' }, tookWords(lastTookMs)),
    ),
  )
  return table(isTimed ? ['Loop', 'Queue', 'Last', 'Took'] : ['Loop', 'Queue'], rows)
}

const FEED_HEADS = ['Feed', 'Status', 'Last', 'Next', 'A day']

function feedList({ feedRows, network }: OperatorStatus): HTMLElement {
  if (feedRows.length === 0) return h('p', { class: 'empty' }, 'No feeds yet.')
  // Whoever has only a keyboard scrolls a long one as well.
  const label = 'Feeds, what broke lately first'
  const rows = feedRows.flatMap(feedLines)
  const scrolled = h(
    'div',
    { class: 'scrolls', role: 'group', 'aria-label': label, tabindex: 0 },
    table(FEED_HEADS, rows),
  )
  return h('div', {}, network !== undefined && h('p', { class: 'advice' }, network), scrolled)
}

/** What is to be done stands under what is wrong, over the whole width. */
function feedLines(feed: FeedStatus): readonly HTMLElement[] {
  const { name, mood, said, cure, lastAt, tookMs, nextAt, perDay, sinceAt } = feed
  const took = tookMs === undefined ? undefined : `Took ${tookWords(tookMs)}`
  const row = h(
    'tr',
    cure === undefined ? {} : { class: 'ill' },
    h('th', { scope: 'row', title: name }, name),
    h('td', { class: mood, title: took }, said),
    h('td', {}, lastAt === undefined ? '' : agoElement(lastAt)),
    h('td', {}, nextAt === undefined ? '' : untilElement(nextAt)),
    h('td', { class: 'number' }, perDay ?? ''),
  )
  if (cure === undefined) return [row]
  const since = sinceAt === undefined ? [] : ['For ', agoElement(sinceAt), '. ']
  return [row, h('tr', { class: 'cure' }, h('td', { colspan: FEED_HEADS.length }, ...since, cure))]
}

const tookWords = (tookMs: number | undefined): string => (tookMs === undefined ? '' : `${Math.round(tookMs)} ms`)

const NUMBERS: ReadonlySet<string> = new Set(['Took', 'A day'])

function table(heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  const cells = heads.map((head) => h('th', { scope: 'col', class: NUMBERS.has(head) && 'number' }, head))
  return h('table', {}, h('thead', {}, h('tr', {}, ...cells)), h('tbody', {}, ...rows))
}

const WAITING = ['queued', 'sending', 'unsure', 'held'] as const

function deliveryList({ deliveries, counts }: OperatorStatus, retry: PanelWorld['retry']): HTMLElement {
  const waiting = WAITING.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`)
  const rows = deliveries.map((delivery) => deliveryRow(delivery, retry))
  return h(
    'div',
    {},
    waiting.length > 0 && h('p', { class: 'empty' }, waiting.join(' · ')),
    rows.length > 0 ? h('ul', { class: 'deliveries' }, ...rows) : h('p', { class: 'empty' }, 'Nothing was posted yet.'),
  )
}

function deliveryRow({ id, title, state, tookMs, reason }: DeliveryStatus, retry: PanelWorld['retry']): HTMLElement {
  const mayRetry = state === 'dead' || state === 'held'
  const words = state === 'sent' && tookMs !== undefined ? tookWords(tookMs) : state
  return h(
    'li',
    { class: state },
    h('span', { class: 'dot', 'aria-hidden': 'true' }),
    h('span', { class: 'what' }, title, reason && h('small', {}, reason)),
    h('span', { class: 'state' }, state === 'sent' && hidden('sent in '), words),
    mayRetry && retryButton(id, retry),
  )
}

function retryButton(id: string, retry: PanelWorld['retry']): HTMLElement {
  const button = h('button', { type: 'button', class: 'button small', 'data-retry': id }, 'Retry')
  button.addEventListener('click', () => void press())
  return button

  async function press(): Promise<void> {
    button.disabled = true
    const wrong = await retry(id)
    button.textContent = wrong ?? 'Queued'
  }
}
