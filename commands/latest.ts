import { customId } from '../src/core/custom-id.ts'
import { openSelect, PAGE_ROWS, pager, paging, storyBlocks } from '../src/core/listing.ts'
import type { Topic } from '../src/core/model.ts'
import { type Button, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { rich } from '../src/core/rich.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { findTopic, matchedTopics, topicChoices, unknownTopic, viewerOf } from '../src/flow/followed.ts'

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
    if (typed && !topic) return unknownTopic(typed, world.topics, (id) => customId('latest', 'open', id))
    return page(topic, { asker, world, wanted: '0', how: 'new' })
  },
  async complete({ typed }, world) {
    return topicChoices(typed, world.topics)
  },
  presses: {
    page: {
      access: 'everyone',
      run: ({ asker, args: [id, wanted] }, world) => ofTopic(id, { asker, world, wanted, how: 'update' }),
    },
    open: {
      access: 'everyone',
      run: ({ asker, args: [id] }, world) => ofTopic(id, { asker, world, wanted: '0', how: 'new' }),
    },
  },
}

type Asked = Readonly<{ asker: Asker; world: World; wanted: string | undefined; how: 'new' | 'update' }>

/** A topic that is gone is not all of them. */
async function ofTopic(id: string | undefined, asked: Asked): Promise<Reply> {
  if (id === undefined || id === ALL) return page(undefined, asked)
  const topic = asked.world.topics.find((one) => one.id === id)
  return topic ? page(topic, asked) : refusal(en.topics.unknown)
}

async function page(topic: Topic | undefined, { asker, world, wanted, how }: Asked): Promise<Reply> {
  const viewer = viewerOf(asker)
  const only = topic ? { topicId: topic.id } : {}
  const today = await world.store.latest({ ...only, sinceAt: world.now() - DAY_MS, limit: 1 }, viewer)
  const { total } = await world.store.latest({ ...only, limit: 1 }, viewer)
  const title = topic ? rich`${topic.emoji} ${en.latest.title(topic.name)}` : rich`🗞️ ${en.latest.title(en.latest.all)}`
  if (total === 0) {
    const reply = topic
      ? refusal(en.latest.none(topic.name), en.latest.noneWayOut)
      : refusal(en.latest.noneAtAll, en.latest.noneWayOut)
    return { ...reply, tone: 'warning', how, controls: topic ? [{ kind: 'buttons', buttons: [allButton()] }] : [] }
  }
  const at = paging(wanted, total)
  const { rows } = await world.store.latest({ ...only, limit: PAGE_ROWS, offset: at.from }, viewer)
  const listed = rows.map(({ story, matches }) => ({
    story,
    place: [],
    topics: topic ? [] : matchedTopics(matches, world.topics),
  }))
  return onlyYou(
    [
      { kind: 'title', text: title },
      { kind: 'note', text: en.latest.count(today.total, total) },
      { kind: 'divider' },
      ...storyBlocks(listed, at.from),
    ],
    {
      how,
      ...(topic ? { color: topic.color } : {}),
      controls: [
        ...openSelect(
          rows.map(({ story }) => story),
          at.from,
        ),
        ...pager(at, (to, which) => customId('latest', 'page', topic?.id ?? ALL, String(to), which)),
      ],
    },
  )
}

function allButton(): Button {
  return {
    kind: 'press',
    label: en.latest.everything,
    emoji: '🗞️',
    style: 'primary',
    id: customId('latest', 'open', ALL),
  }
}
