/** Messages that the bot sends of its own accord. */
import { command, joined, rich, strong } from '../../rich.ts'

export const notices = {
  feeds: 'Feeds',
  failing: (feed: string, hours: number): string =>
    `${feed} has not answered for ${hours} hours. I keep trying; other sources go on.`,
  recovered: (feed: string): string => `${feed} answers again.`,
  gone: (feed: string): string =>
    `${feed} says that it is gone for good (HTTP 410). I ask it no more; if that was a mistake, add it again with /feeds add.`,
  silent: (feed: string, days: number): string =>
    `${feed} has brought nothing for ${days} days, which is not its habit. It answers, and I go on asking.`,
  speaking: (feed: string): string => `${feed} brings news again.`,
  stopped: (why: string): string =>
    `I stopped: ${why}. Nothing is sent any more, and nothing is lost; start me again when it is mended.`,
  test: (what: string): string => `This is a test: alerts on ${what} arrive in this channel.`,
  welcomeTitle: rich`👋 Hi, I’m Pullquote`,
  welcome: rich`I watch news feeds and post a card when a story matches your topics: a short summary, and who said what.`,
  welcomeStep: rich`${strong('Get your first alert in one step')}: pick a topic for this channel.`,
  welcomeCommands: rich`or type ${joined([[command('subscribe')], [command('search')], [command('latest')], [command('quotes')], [command('help')]])}`,
  welcomePromise: rich`I need View Channel, Send Messages, Embed Links and Read Message History here. I never read your messages.`,
  chooseTopic: 'Choose a topic…',
  dismiss: 'Dismiss',
} as const
