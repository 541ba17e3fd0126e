import { type Balance, balancesOf, dayName, dayOf, FATES, parseDay } from '../src/core/audit.ts'
import type { ChannelId, ServerId } from '../src/core/model.ts'
import { type Block, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { joined, type Rich } from '../src/core/rich.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { paceLine, troubleBlocks } from '../src/flow/feed-facts.ts'
import { viewerOf } from '../src/flow/followed.ts'

export const status: Command = {
  name: 'status',
  describe: en.status.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [
    { name: 'channel', describe: en.status.channel, kind: 'channel' },
    { name: 'day', describe: en.status.day, kind: 'text', charsMax: 20 },
  ],
  async run({ asker, options }, world) {
    const channel = String(options['channel'] ?? '').trim()
    const typedDay = String(options['day'] ?? '').trim()
    if (channel || typedDay) return balance({ asker, channel, typedDay }, world)
    const viewer = viewerOf(asker)
    const now = await world.store.status(viewer, world.now())
    const { deliveries } = now
    const feeds = await world.store.feeds(viewer)
    // One that was not asked yet neither answers nor fails.
    const answering = feeds.filter(({ lastSuccessAt, failures }) => lastSuccessAt !== undefined && failures === 0)
    const waiting = deliveries.queued + deliveries.sending + deliveries.unsure
    const trouble = deliveries.held + deliveries.dead
    const texts = [
      feeds.length === 0 ? en.status.noFeeds : en.status.feeds(answering.length, feeds.length),
      ...paceLine(feeds, world.now()),
      en.status.stories(now.storiesToday, now.articles),
      // In a direct message there is no server to count for.
      ...(asker.serverId
        ? [en.status.subscriptions(now.subscriptions), en.status.deliveries(deliveries.sent, waiting)]
        : []),
      ...(deliveries.folded > 0 ? [en.status.folded(deliveries.folded)] : []),
      ...(now.itemsWaiting > 0 ? [en.status.waitingItems(now.itemsWaiting)] : []),
      ...(now.feedToCardP95Ms === undefined ? [] : [en.status.speed(now.feedToCardP95Ms)]),
      ...(trouble > 0 ? [en.status.trouble(deliveries.held, deliveries.dead)] : []),
      ...(await todaysBalance(asker, world)),
    ]
    const ill = troubleBlocks(feeds, world.now())
    return onlyYou(
      [
        { kind: 'title', text: en.status.title },
        ...texts.map((text): Block => ({ kind: 'text', text })),
        ...ill,
        { kind: 'note', text: en.status.version(world.version) },
      ],
      { tone: trouble > 0 || ill.length > 0 || feeds.length === 0 ? 'warning' : 'good' },
    )
  },
}

/** Sums of all channels of a server; nothing where nothing was seen today, or nobody's server asks. */
async function todaysBalance({ serverId }: Asker, { store, now }: World): Promise<readonly Rich[]> {
  if (!serverId) return []
  const rows = await store.audit({ ...dayOf(now()), serverId })
  const [sum] = balancesOf(rows.map((row) => ({ ...row, target: '' })))
  return sum ? [en.status.balanceToday(sum.seen, fatesText(sum))] : []
}

type Asked = Readonly<{ asker: Asker; channel: string; typedDay: string }>
/** Reasons beyond these are in the operator's audit. */
const REASONS_SHOWN_MAX = 10
/** Channels beyond these can be asked for by name. */
const CHANNELS_SHOWN_MAX = 10

/** Only what is this server's: another one's channel has nothing to show. */
async function balance({ asker, channel, typedDay }: Asked, { store, now }: World): Promise<Reply> {
  const day = parseDay(typedDay, now())
  if (!day) return refusal(en.status.noDay(typedDay), en.status.noDayWayOut)
  const serverId = asker.serverId as ServerId | undefined
  if (!serverId) return refusal(en.status.noServer)
  const rows = await store.audit({ ...day, serverId, ...(channel ? { channelId: channel as ChannelId } : {}) })
  const balances = balancesOf(rows)
  const isLost = balances.some(({ fates }) => fates.lost > 0)
  const isTroubled = isLost || balances.some(({ fates }) => fates.held + fates.dead > 0)
  const blocks = balances.slice(0, CHANNELS_SHOWN_MAX).flatMap((one) => balanceBlocks(one))
  return onlyYou(
    [
      { kind: 'title', text: en.status.balanceTitle(dayName(day.since)) },
      ...(blocks.length > 0 ? blocks : [{ kind: 'text', text: en.status.nothingSeen } as const]),
      ...(isTroubled ? [{ kind: 'note', text: isLost ? en.status.lost : en.status.retry } as const] : []),
    ],
    { tone: isTroubled ? 'warning' : 'good' },
  )
}

function balanceBlocks(balance: Balance): readonly Block[] {
  const [, channelId = ''] = balance.target.split(':')
  const shown = balance.reasons.slice(0, REASONS_SHOWN_MAX)
  const items = shown.map(({ fate, reason, count }) => en.status.reason(count, en.status.fates[fate], reason))
  return [
    { kind: 'text', text: en.status.balanceOf(channelId as ChannelId, balance.seen, fatesText(balance)) },
    ...(items.length > 0 ? [{ kind: 'bullets', items } as const] : []),
  ]
}

function fatesText({ fates }: Pick<Balance, 'fates'>): Rich {
  const parts = FATES.filter((fate) => fates[fate] > 0).map((fate) =>
    en.status.part(fates[fate], en.status.fates[fate]),
  )
  return joined(parts, ' + ')
}
