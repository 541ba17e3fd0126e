/** What /privacy says. */
import { command, type Rich, rich, strong } from '../../rich.ts'
import { many } from './many.ts'

export const privacy = {
  describe: 'What I keep of you and of this server, and its deletion',
  title: rich`🔒 What I keep`,
  never: rich`I never read your messages, and I keep no names: only ids, where something needs one.`,
  you: rich`${strong('Of you')}`,
  server: rich`${strong('Of this server')}`,
  nothing: rich`nothing`,
  subscriptionsMade: (count: number): Rich =>
    rich`your id at ${many(count, 'subscription', 'subscriptions')} that you made`,
  feedsAdded: (count: number): Rich => rich`your id at ${many(count, 'feed', 'feeds')} that you added`,
  quotesHidden: (count: number): Rich => rich`your id at ${many(count, 'quote', 'quotes')} that you reported`,
  messagesToYou: (count: number): Rich => rich`${many(count, 'direct message', 'direct messages')} that I sent you`,
  subscriptions: (count: number): Rich => rich`${many(count, 'subscription', 'subscriptions')}`,
  feeds: (count: number): Rich => rich`${many(count, 'feed of its own', 'feeds of its own')}`,
  mutes: (count: number): Rich => rich`${many(count, 'mute', 'mutes')}`,
  quotes: (count: number): Rich => rich`${many(count, 'quote that is hidden here', 'quotes that are hidden here')}`,
  messages: (count: number): Rich =>
    rich`${many(count, 'message', 'messages')} that I posted or am to post: what, where and when`,
  howLong: rich`Messages and news are forgotten after the time that my operator set (90 days as I come), a server that removes me after 30. Backups keep a copy for some weeks.`,
  forgetMe: 'Delete what is kept of me',
  forgetServer: 'Delete all of this server',
  sureMe: rich`Your id is taken from everything that you made, and my messages to you are forgotten. What you made goes on for your server.`,
  sureServer: (subscriptions: number, feeds: number): Rich =>
    rich`All ${many(subscriptions, 'subscription', 'subscriptions')}, ${many(feeds, 'feed', 'feeds')}, mutes and the memory of what I posted here are deleted. Messages that stand in your channels stay. ${strong('This cannot be undone.')}`,
  yesMe: 'Yes, delete it',
  yesServer: 'Yes, delete all of it',
  doneMe: rich`✅ Nothing of you is kept any more.`,
  doneServer: rich`✅ Nothing of this server is kept any more. ${command('subscribe')} begins anew.`,
  keep: 'Keep it',
  kept: rich`Nothing was deleted.`,
  noServer: rich`This is for a server: ask there.`,
} as const
