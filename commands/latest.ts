import { customId } from '../src/core/custom-id.ts'
import { openSelect, pager, paging, storyBlocks } from '../src/core/listing.ts'
import type { Topic, TopicId } from '../src/core/model.ts'
import { onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { rich } from '../src/core/rich.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { findTopic, topicChoices, viewerOf } from '../src/flow/followed.ts'

const DAY_MS = 24 * 60 * 60_000
/** Stands for "all topics" in a custom_id. */
const ALL = '-'

export const latest: Command = {
  name: 'latest',
  describe: en.latest.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [{ name: 'topic', describe: en.latest.topic, kind: 'text', completes: true, charsMax: 100 }],
  async run({ asker, options }, world) {
    const typed = String(options['topic'] ?? '').trim()
    const topic = typed ? findTopic(typed, world.topics) : undefined
    if (typed && !topic) return refusal(en.subscribe.noTopic(typed), en.subscribe.ownWords)
    return page(topic, { asker, world, wanted: '0', how: 'new' })
  },
  async complete({ typed }, world) {
    return topicChoices(typed, world.topics)
  },
  presses: {
    page: {
      access: 'everyone',
      run: ({ asker, args: [id, wanted] }, world) => page(byId(id, world), { asker, world, wanted, how: 'update' }),
    },
    open: {
      access: 'everyone',
      run: ({ asker, args: [id] }, world) => page(byId(id, world), { asker, world, wanted: '0', how: 'new' }),
    },
  },
}

type Asked = Readonly<{ asker: Asker; world: World; wanted: string | undefined; how: 'new' | 'update' }>

async function page(topic: Topic | undefined, { asker, world, wanted, how }: Asked): Promise<Reply> {
  const viewer = viewerOf(asker)
  const only = topic ? { topicId: topic.id } : {}
  const today = await world.store.latest({ ...only, sinceAt: world.now() - DAY_MS, limit: 1 }, viewer)
  const { total } = await world.store.latest({ ...only, limit: 1 }, viewer)
  const name = topic?.name ?? en.latest.all
  if (total === 0) return { ...refusal(en.latest.none(name), en.latest.noneWayOut), tone: 'warning', how }
  const shown = paging(wanted, total)
  const { rows } = await world.store.latest({ ...only, limit: shown.to - shown.from, offset: shown.from }, viewer)
  const listed = rows.map(({ story, matches }) => ({ story, place: [], topics: topic ? [] : topicsOf(matches, world) }))
  return onlyYou(
    [
      { kind: 'title', text: topic ? rich`${topic.emoji} ${en.latest.title(topic.name)}` : en.latest.title(name) },
      { kind: 'note', text: en.latest.count(today.total) },
      { kind: 'divider' },
      ...storyBlocks(listed, shown.from),
    ],
    {
      how,
      ...(topic ? { color: topic.color } : {}),
      controls: [
        ...openSelect(
          rows.map(({ story }) => story),
          shown.from,
        ),
        ...pager(shown, (to, which) => customId('latest', 'page', topic?.id ?? ALL, String(to), which)),
      ],
    },
  )
}

function byId(id: string | undefined, world: World): Topic | undefined {
  return world.topics.find((topic) => topic.id === id)
}

function topicsOf(matches: readonly Readonly<{ topicId: TopicId }>[], world: World): readonly Topic[] {
  return world.topics.filter(({ id }) => matches.some(({ topicId }) => topicId === id))
}
