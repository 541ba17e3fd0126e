import { followedTopic, followKey, targetKey } from '../../../src/core/follow.ts'
import type { Mute, Subscription, TopicId } from '../../../src/core/model.ts'
import type { Store } from '../../../src/flow/ports/store.ts'
import { isGone, type State } from './state.ts'

type TalkMethods = Pick<
  Store,
  | 'addSubscription'
  | 'changeSubscription'
  | 'removeSubscription'
  | 'subscriptions'
  | 'allSubscriptions'
  | 'subscription'
  | 'followedWords'
  | 'followedRevision'
  | 'addMute'
  | 'mutes'
  | 'removeMute'
>

export function talkMethods(state: State): TalkMethods {
  const find = (id: string, server: string) =>
    state.subscriptions.find((own) => own.id === id && own.serverId === server)
  return {
    async addSubscription(subscription, max) {
      if (state.subscriptions.some((own) => own.id === subscription.id || says(own) === says(subscription)))
        return 'already'
      if (state.subscriptions.filter((own) => own.serverId === subscription.serverId).length >= max) return 'full'
      state.subscriptions.push(subscription)
      noteWords(state, subscription)
      return 'added'
    },
    async changeSubscription(subscription) {
      const before = find(subscription.id, subscription.serverId)
      if (!before || state.subscriptions.some((own) => own !== before && says(own) === says(subscription))) return false
      state.subscriptions[state.subscriptions.indexOf(before)] = subscription
      noteWords(state, before)
      noteWords(state, subscription)
      return true
    },
    async removeSubscription(id, serverId) {
      const before = find(id, serverId)
      if (!before) return undefined
      state.subscriptions = state.subscriptions.filter((own) => own !== before)
      withdraw(state, id)
      noteWords(state, before)
      return before
    },
    subscriptions: async (serverId) => state.subscriptions.filter((own) => own.serverId === serverId),
    allSubscriptions: async () => state.subscriptions.filter((own) => !isGone(state, own.serverId)),
    subscription: async (id, serverId) => find(id, serverId),
    async followedWords(since = -1) {
      const changed = [...state.wordTopics].filter(([, revision]) => revision > since).map(([id]) => id)
      const all = new Map(
        state.subscriptions.flatMap(({ follows }) => followedTopic(follows)).map((one) => [one.id as string, one]),
      )
      return {
        topics: changed.flatMap((id) => all.get(id) ?? []),
        gone: changed.filter((id) => !all.has(id)) as TopicId[],
        revision: state.wordsRevision,
      }
    },
    followedRevision: async () => state.wordsRevision,
    async addMute(mute) {
      state.mutes = [...state.mutes.filter((other) => muteName(other) !== muteName(mute)), mute]
    },
    mutes: async (serverId, now) => state.mutes.filter((mute) => mute.serverId === serverId && mute.untilAt > now),
    async removeMute(mute) {
      state.mutes = state.mutes.filter((other) => muteName(other) !== muteName(mute))
    },
  }
}

function says({ target, follows }: Subscription): string {
  return `${targetKey(target)} ${followKey(follows)}`
}

export function noteWords(state: State, { follows }: Subscription): void {
  for (const { id } of followedTopic(follows)) {
    state.wordTopics.set(id, ++state.wordsRevision)
  }
}

function muteName({ serverId, channelId, what }: Mute): string {
  return `${serverId} ${channelId} ${what.kind} ${what.kind === 'source' ? what.outlet : what.topicId}`
}

function withdraw(state: State, id: Subscription['id']): void {
  state.deliveries = state.deliveries.flatMap((row) => {
    const { delivery } = row
    const { alert } = delivery
    const open = ['queued', 'held', 'folded'].includes(delivery.state) && !('digestId' in delivery)
    if (!open || !alert.subscriptionIds.includes(id)) return [row]
    const subscriptionIds = alert.subscriptionIds.filter((other) => other !== id)
    if (subscriptionIds.length === 0) return []
    return [{ ...row, delivery: { ...delivery, alert: { ...alert, subscriptionIds } } }]
  })
}
