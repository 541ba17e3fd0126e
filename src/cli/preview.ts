/** `pullquote preview`: the whole bot on this machine, with a local page in Discord's place and the sample wire beside the real feeds. */
import path from 'node:path'
import { commands, pressables } from '../commands.ts'
import type { ChannelId, Subscription, SubscriptionId, Topic } from '../core/model.ts'
import { paintReply } from '../core/paint.ts'
import { PREVIEW_PERSON_ID, PREVIEW_SERVER_ID } from '../edge/preview/asked.ts'
import { operatorStatus } from '../edge/preview/operator-status.ts'
import { openPreview } from '../edge/preview/preview.ts'
import { startWire } from '../edge/wire/wire.ts'
import type { World } from '../flow/command.ts'
import { EXIT, Exit } from './exit.ts'
import { writeHeartbeat } from './heartbeat.ts'
import { type House, loadSettings, openHouse } from './house.ts'
import { FIRST_POLLS_MS, type Running, startLoops } from './loops.ts'
import { untilTold } from './signals.ts'
import { watched } from './watch.ts'
import { worldOf } from './world.ts'

/** Ids need 17 to 19 digits, as Discord's have. */
const ALERTS = '100000000000000011' as ChannelId
const DIGEST = '100000000000000012' as ChannelId
const HEARTBEAT_MS = 10_000

export async function preview(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = loadSettings(env)
  const wire = await startWire({ now: () => Date.now() })
  try {
    const house = await openHouse(settings, env, [wire.origin])
    try {
      await house.store.joinServer(PREVIEW_SERVER_ID, house.now())
      await house.store.keepCommonFeeds([...wire.sources, ...settings.sources], house.now(), FIRST_POLLS_MS)
      await followShippedTopics(house)
      await live(house)
    } finally {
      await house.close()
    }
  } finally {
    await wire.close()
  }
}

async function live(house: House): Promise<void> {
  const { settings, store, log, now, chance, web } = house
  let world: World | undefined
  let running: Running | undefined
  const opened = await openPreview({
    ...(settings.previewPort === undefined ? {} : { port: settings.previewPort }),
    database: path.join(settings.dataDir, 'preview.sqlite'),
    now,
    chance,
    log,
    channels: [
      {
        id: ALERTS,
        name: 'alerts',
        topic: followedByDefault(settings.topics)
          .map(({ name }) => name)
          .join(' · '),
      },
      { id: DIGEST, name: 'digest', topic: 'A quiet place to try /subscribe' },
    ],
    commands,
    pressables,
    world: () => {
      if (!world) throw new Error('The preview was asked before it was open')
      return world
    },
    paintReply,
    status: () => operatorStatus({ store, now, loops: Object.fromEntries(running?.turns ?? []) }),
    async fetchImage(url, signal) {
      const image = await web.download({ url, kind: 'page' }, signal)
      return image.kind === 'fetched' ? { bytes: image.bytes, contentType: image.contentType ?? '' } : undefined
    },
  })
  if (opened.kind === 'refused') throw new Exit(EXIT.machine, opened.message)
  world = worldOf(house, opened)
  const loops = startLoops(house, {
    chat: () => opened.chat,
    onStop: (reason) => log.error('delivery stopped', { reason }),
  })
  running = loops
  const status = await watched(house, loops, () => undefined)
  const heartbeat = setInterval(() => writeHeartbeat(settings.dataDir, loops.turns, log), HEARTBEAT_MS)
  log.info('preview open', { url: opened.url, feeds: settings.sources.length })
  process.stdout.write(
    `\n  Pullquote ${house.version} · local preview, no Discord token\n  Open ${opened.url}\n  Stop with Ctrl+C; set DISCORD_TOKEN to run in Discord (README).\n\n`,
  )
  await untilTold()
  clearInterval(heartbeat)
  log.info('stopping')
  await status.close()
  await loops.stop()
  await opened.close()
}

/** NATO and Ukraine as shipped. */
function followedByDefault(topics: readonly Topic[]): readonly Topic[] {
  return topics.slice(0, 2)
}

/** A first start follows the first two topics, so that there is something to see; what somebody removed stays removed. */
async function followShippedTopics({ store, settings, now }: House): Promise<void> {
  if (await store.recall('preview followed')) return
  for (const topic of followedByDefault(settings.topics)) {
    const subscription: Subscription = {
      id: `preview-${topic.id}` as SubscriptionId,
      serverId: PREVIEW_SERVER_ID,
      target: { kind: 'channel', serverId: PREVIEW_SERVER_ID, channelId: ALERTS },
      follows: { kind: 'topic', topicId: topic.id },
      style: 'full',
      rhythm: 'each',
      perDayMax: settings.subscriptions.cardsPerDayMax,
      createdAt: now(),
      createdBy: PREVIEW_PERSON_ID,
    }
    await store.addSubscription(subscription, settings.subscriptions.perServerMax)
  }
  await store.remember('preview followed', 'yes')
}
