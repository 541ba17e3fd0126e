/** What commands may use, from the house and the far side. */
import { commands } from '../commands.ts'
import type { World } from '../flow/command.ts'
import type { House } from './house.ts'

export function worldOf(house: House, far: Readonly<Pick<World, 'chat' | 'places'>>): World {
  const { settings, store, web, reader, cache, wake, log, now, chance, version } = house
  const { feeds, subscriptions, topics } = settings
  const limits = {
    subscriptionsMax: subscriptions.perServerMax,
    feedsMax: feeds.perServerMax,
    cardsPerDayMax: subscriptions.cardsPerDayMax,
  }
  return { store, web, reader, cache, wake, log, now, chance, version, limits, commands, topics, ...far }
}
