/** `pullquote preview`: the whole bot on this machine, with a local page in Discord's place and the sample wire beside the real feeds. */
import path from 'node:path'
import { commands, pressables } from '../commands.ts'
import type { ChannelId, Subscription, SubscriptionId } from '../core/model.ts'
import { paintReply } from '../core/paint.ts'
import { PREVIEW_PERSON_ID, PREVIEW_SERVER_ID } from '../edge/preview/asked.ts'
import { operatorStatus } from '../edge/preview/operator-status.ts'
import { openPreview } from '../edge/preview/preview.ts'
import { startWire } from '../edge/wire/wire.ts'
import type { World } from '../flow/command.ts'
import { EXIT, Exit } from './exit.ts'
import { writeHeartbeat } from './heartbeat.ts'
import { type House, loadSettings, openHouse } from './house.ts'
import { FIRST_POLLS_MS, startLoops } from './loops.ts'
import { untilTold } from './signals.ts'
import { worldOf } from './world.ts'

/** Ids need 17 to 19 digits, as Discord's have. */
const ALERTS = '100000000000000011' as ChannelId
const DIGEST = '100000000000000012' as ChannelId
const HEARTBEAT_MS = 10_000

export async function preview(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = loadSettings(env)
  const wire = await startWire({ now: () => Date.now() })
  const house = await openHouse(settings, env, [wire.origin])
  const { store, log, now, chance } = house
  await store.joinServer(PREVIEW_SERVER_ID, now())
  await store.keepCommonFeeds([...wire.sources, ...settings.sources], now(), FIRST_POLLS_MS)
  await followShippedTopics(house)
  const { web } = house
  let world: World | undefined
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
        topic: settings.topics
          .slice(0, 2)
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
    status: () => operatorStatus({ store, now }),
    async fetchImage(url, signal) {
      const image = await web.download({ url, kind: 'page' }, signal)
      return image.kind === 'fetched' ? { bytes: image.bytes, contentType: image.contentType ?? '' } : undefined
    },
  })
  if (opened.kind === 'refused') {
    await house.close()
    await wire.close()
    throw new Exit(EXIT.machine, opened.message)
  }
  world = worldOf(house, opened)
  const running = startLoops(house, {
    chat: opened.chat,
    onStop: (reason) => log.error('delivery stopped', { reason }),
  })
  const heartbeat = setInterval(() => writeHeartbeat(settings.dataDir, running.turns), HEARTBEAT_MS)
  log.info('preview open', { url: opened.url, feeds: settings.sources.length })
  process.stdout.write(
    `\n  Pullquote ${house.version} · local preview, no Discord token\n  Open ${opened.url}\n  Stop with Ctrl+C; set DISCORD_TOKEN to run in Discord (README).\n\n`,
  )
  await untilTold()
  clearInterval(heartbeat)
  log.info('stopping')
  await running.stop()
  await opened.close()
  await house.close()
  await wire.close()
}

/** A first start follows the first two topics, so that there is something to see; what somebody removed stays removed. */
async function followShippedTopics({ store, settings, now }: House): Promise<void> {
  if (await store.recall('preview followed')) return
  for (const topic of settings.topics.slice(0, 2)) {
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
