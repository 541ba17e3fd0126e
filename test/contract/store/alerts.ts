import { expect, it } from 'vitest'
import type { ArticleKeeping } from '../../../src/flow/ports/store.ts'
import type { Held } from './held.ts'
import {
  article,
  BELTRAN,
  bring,
  CORVO,
  cards,
  commonFeeds,
  DAY,
  HARBOUR,
  HOUR,
  MEADOW,
  sendNext,
  subscription,
  T0,
} from './world.ts'

/** What core is told when it decides about alerts. */
export function alertCases(held: Held): void {
  it('tells what alerts are decided from', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const capped = subscription('a')
    await store.addSubscription(capped, 10)
    const mute = {
      serverId: BELTRAN,
      channelId: HARBOUR.channelId,
      what: { kind: 'source', outlet: 'The Gull' },
      untilAt: T0 + HOUR,
    } as const
    await store.addMute(mute)
    await store.addMute({ ...mute, serverId: CORVO })
    const noted: unknown[] = []
    const alert: ArticleKeeping['alert'] = (context) => {
      noted.push([context.cardsToday(capped.id), context.waiting(HARBOUR), context.waiting(MEADOW), context.mutes])
      return cards(T0)(context)
    }
    await bring(store, { feed: 'tide', name: 'Heron', alert }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis', alert }, T0 + 1)
    await bring(store, { feed: 'tide', name: 'Egret', alert }, T0 + DAY)
    expect(noted).toEqual([
      [0, 0, 0, [mute]],
      [1, 1, 0, [mute]],
      [0, 2, 0, []],
    ])
  })

  it('tells what was said of a story in a channel, from its card on', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    const noted: unknown[] = []
    const alert: ArticleKeeping['alert'] = (context) => {
      noted.push([context.said(HARBOUR), context.said(MEADOW), context.earlier(BELTRAN).map(({ title }) => title)])
      const [card] = cards(T0)(context)
      const { storyId, articleId } = context
      const development = { articleId, replyTo: { channelId: HARBOUR.channelId, messageId: '1' as never } }
      const told = (n: number) => ({
        alert: { ...card?.alert, subject: { kind: 'development', storyId, n }, development },
      })
      return card ? [card, ...(noted.length === 2 ? [{ ...card, ...told(1) } as typeof card] : [])] : []
    }
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert }, T0)
    const message = await sendNext(store)
    await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId, alert }, T0 + 1)
    await bring(store, { feed: 'tide', name: 'Egret', joins: storyId, alert }, T0 + 2)
    const nothing = { developments: 0, lastAt: 0 }
    const card = { at: T0, message }
    const [heron, ibis] = [article('Heron').title, article('Ibis').title]
    expect(noted).toEqual([
      [nothing, nothing, []],
      [{ card, ...nothing }, nothing, [heron]],
      [{ card, developments: 1, lastAt: T0 + 1 }, nothing, [heron, ibis]],
    ])
  })
}
