import { held } from '../../../src/core/delivery.ts'
import type { ServerId } from '../../../src/core/model.ts'
import type { Store, StoreStatus, Viewer } from '../../../src/flow/ports/store.ts'
import { feedSeen, isPolled, type State, seenArticle } from './state.ts'
import { noteWords } from './talk.ts'

const DAY_MS = 86_400_000
const LEFT_MS = 30 * DAY_MS
const DELIVERY_MS = 90 * DAY_MS

type HouseMethods = Pick<
  Store,
  | 'joinServer'
  | 'leaveServer'
  | 'status'
  | 'keptOf'
  | 'forgetPerson'
  | 'forgetServer'
  | 'recall'
  | 'remember'
  | 'sweep'
  | 'check'
  | 'backup'
  | 'close'
>

export function houseMethods(state: State): HouseMethods {
  return {
    async joinServer(id) {
      const before = state.servers.get(id)
      state.servers.set(id, {})
      if (!before) return 'new'
      return before.leftAt === undefined ? 'known' : 'back'
    },
    async leaveServer(id, now) {
      state.servers.set(id, { leftAt: state.servers.get(id)?.leftAt ?? now })
      for (const row of state.deliveries)
        if (row.delivery.alert.serverId === id && row.delivery.state === 'queued')
          row.delivery = held(row.delivery, 'Pullquote left the server', now)
    },
    status: async (viewer, now) => statusFor(state, viewer, now),
    recall: async (name) => state.facts.get(name),
    async remember(name, value) {
      state.facts.set(name, value)
    },
    sweep: async ({ articleMs }, now) => sweep(state, articleMs, now),
    check: async () => 'ok',
    backup: async () => undefined,
    async keptOf({ personId, serverId }) {
      const none = { subscriptions: 0, feeds: 0, quotes: 0, messages: 0 }
      const made = state.subscriptions.filter(({ createdBy }) => createdBy === personId).length
      const own = state.subscriptions.filter((one) => one.serverId === serverId).length
      const person = { ...none, subscriptions: made }
      return serverId === undefined ? { person } : { person, server: { ...none, mutes: 0, subscriptions: own } }
    },
    async forgetPerson(id) {
      state.subscriptions = state.subscriptions.map((one) =>
        one.createdBy === id ? { ...one, createdBy: '' as typeof id } : one,
      )
    },
    async forgetServer(id) {
      const kept = state.servers.get(id)
      forgetServer(state, id)
      if (kept) state.servers.set(id, kept)
    },
    close: async () => undefined,
  }
}

function statusFor(state: State, viewer: Viewer | 'operator', now: number): StoreStatus {
  const all = viewer === 'operator'
  const feeds = [...state.feeds.values()].filter((row) => (all ? isPolled(state, row) : feedSeen(row, viewer)))
  const ids = new Set(feeds.map(({ feed }) => feed.id))
  const articles = state.articles.filter((row) => all || seenArticle(state, row, viewer))
  const own = (server: ServerId) => all || server === viewer.serverId
  const rows = state.deliveries.filter(({ delivery }) => own(delivery.alert.serverId))
  const deliveries = { queued: 0, sending: 0, sent: 0, unsure: 0, held: 0, dead: 0, deleted: 0, folded: 0 }
  for (const { delivery } of rows) deliveries[delivery.state]++
  const took = rows
    .flatMap(({ delivery, seenAt }) =>
      delivery.state === 'sent' && seenAt !== undefined ? [delivery.sentAt - seenAt] : [],
    )
    .toSorted((a, b) => a - b)
  const p95 = took[Math.ceil(took.length * 0.95) - 1]
  const today = Math.floor(now / DAY_MS) * DAY_MS
  const first = Map.groupBy(articles, ({ storyId }) => storyId)
  return {
    feeds: feeds.length,
    feedsFailing: feeds.filter(({ feed }) => feed.failures > 0).length,
    itemsWaiting: state.items.filter((item) => item.state === 'waiting' && ids.has(item.feedId)).length,
    storiesToday: [...first.values()].filter((rowsOf) => rowsOf.every(({ arrivedAt }) => arrivedAt >= today)).length,
    articles: articles.length,
    deliveries,
    subscriptions: state.subscriptions.filter(({ serverId }) => own(serverId)).length,
    ...(p95 === undefined ? {} : { feedToCardP95Ms: p95 }),
  }
}

function sweep(state: State, articleMs: number, now: number) {
  for (const [id, { leftAt }] of state.servers)
    if (leftAt !== undefined && leftAt <= now - LEFT_MS) forgetServer(state, id)
  for (const [id, row] of state.feeds) {
    if (!row.listed && row.servers.size === 0) row.leftAt ??= now
    if (row.leftAt === undefined || row.leftAt > now - LEFT_MS) continue
    state.feeds.delete(id)
    state.items = state.items.filter(({ feedId }) => feedId !== id)
    for (const article of state.articles) if (article.feeds.get(id) === false) article.feeds.delete(id)
  }
  const { length: articles } = state.articles
  state.articles = state.articles.filter(({ arrivedAt, feeds }) => arrivedAt > now - articleMs && feeds.size > 0)
  for (const id of state.stories.keys())
    if (!state.articles.some(({ storyId }) => storyId === id)) state.stories.delete(id)
  const { length: items } = state.items
  state.items = state.items.filter(({ leftAt }) => leftAt === undefined || leftAt > now - LEFT_MS)
  state.deliveries = state.deliveries.filter(({ delivery }) => {
    const over = ['sent', 'held', 'dead', 'deleted'].includes(delivery.state) || 'digestId' in delivery
    const lastAt = delivery.state === 'sent' ? Math.max(delivery.createdAt, delivery.sentAt) : delivery.createdAt
    return !over || lastAt > now - DELIVERY_MS
  })
  state.mutes = state.mutes.filter(({ untilAt }) => untilAt > now)
  return { articles: articles - state.articles.length, items: items - state.items.length }
}

function forgetServer(state: State, id: ServerId): void {
  state.servers.delete(id)
  for (const row of state.feeds.values()) row.servers.delete(id)
  for (const own of state.subscriptions) if (own.serverId === id) noteWords(state, own)
  state.subscriptions = state.subscriptions.filter(({ serverId }) => serverId !== id)
  state.mutes = state.mutes.filter(({ serverId }) => serverId !== id)
  state.deliveries = state.deliveries.filter(({ delivery }) => delivery.alert.serverId !== id)
  for (const { hidden } of state.articles) for (const mark of hidden) if (mark.startsWith(`${id}|`)) hidden.delete(mark)
}
