/** The commands, in the order in which /help lists them, and all that answers to buttons. No directory is scanned. */
import { feeds } from '../commands/feeds.ts'
import { help } from '../commands/help.ts'
import { latest } from '../commands/latest.ts'
import { privacy } from '../commands/privacy.ts'
import { quotes } from '../commands/quotes.ts'
import { search } from '../commands/search.ts'
import { status } from '../commands/status.ts'
import { subscribe } from '../commands/subscribe.ts'
import { subscriptions } from '../commands/subscriptions.ts'
import { topics } from '../commands/topics.ts'
import { unsubscribe } from '../commands/unsubscribe.ts'
import { createAgain } from './flow/again-button.ts'
import { cardButtons } from './flow/card-buttons.ts'
import type { Command, Pressable } from './flow/command.ts'

export const commands: readonly Command[] = [
  subscribe,
  unsubscribe,
  subscriptions,
  topics,
  latest,
  search,
  quotes,
  feeds,
  status,
  privacy,
  help,
]
export const pressables: readonly Pressable[] = [...commands, cardButtons, createAgain(commands)]
