import { customId } from '../src/core/custom-id.ts'
import { pager, paging } from '../src/core/listing.ts'
import type { Topic } from '../src/core/model.ts'
import { onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { viewerOf } from '../src/flow/followed.ts'

const DAY_MS = 24 * 60 * 60_000
/** A select takes 25; so many lines fit into one message in any case. */
const ROWS = 20
/** A paragraph; a topic may have hundreds. */
const NAMES_SHOWN_MAX = 40

export const topics: Command = {
  name: 'topics',
  describe: en.topics.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [],
  run: ({ asker }, world) => list({ asker, world, wanted: '0', how: 'new' }),
  presses: {
    page: {
      access: 'everyone',
      run: ({ asker, args: [wanted] }, world) => list({ asker, world, wanted, how: 'update' }),
    },
    show: {
      access: 'everyone',
      async run({ asker, values }, world) {
        const topic = world.topics.find(({ id }) => id === values[0])
        return topic ? details(topic, asker) : refusal(en.topics.unknown)
      },
    },
  },
}

type Listing = Readonly<{ asker: Asker; world: World; wanted: string | undefined; how: 'new' | 'update' }>

async function list({ asker, world, wanted, how }: Listing): Promise<Reply> {
  if (world.topics.length === 0) return { ...refusal(en.topics.none), tone: 'warning', how }
  const at = paging(wanted, world.topics.length, ROWS)
  const listed = world.topics.slice(at.from, at.to)
  const sinceAt = world.now() - DAY_MS
  const counts = await Promise.all(
    listed.map(({ id }) => world.store.latest({ topicId: id, sinceAt, limit: 1 }, viewerOf(asker))),
  )
  const items = listed.map((topic, index) =>
    en.topics.line(topic, topic.any.length + topic.all.length, counts[index]?.total ?? 0),
  )
  const options = listed.map(({ id, name, emoji }) => ({ label: name, value: id, ...(emoji ? { emoji } : {}) }))
  const { placeholder } = en.topics
  return onlyYou(
    [
      { kind: 'title', text: en.topics.title(world.topics.length) },
      { kind: 'note', text: en.topics.counted },
      { kind: 'bullets', items },
      { kind: 'note', text: en.topics.note },
    ],
    {
      how,
      controls: [
        { kind: 'select', id: customId('topics', 'show'), placeholder, options, min: 1, max: 1 },
        ...pager(at, (to, which) => customId('topics', 'page', String(to), which)),
      ],
    },
  )
}

/** Following is offered where there is a channel of a server to follow in. */
function details(topic: Topic, { serverId }: Asker): Reply {
  const names = [...topic.any, ...topic.all].map(({ text }) => text)
  const not = topic.none.map(({ text }) => text)
  const more = (listed: readonly string[]): number => Math.max(0, listed.length - NAMES_SHOWN_MAX)
  const follow = customId('subscribe', 'topic', topic.id)
  const latest = customId('latest', 'open', topic.id)
  return onlyYou(
    [
      { kind: 'title', text: en.topics.details(topic.emoji, topic.name) },
      { kind: 'text', text: en.subscribe.matches(names.slice(0, NAMES_SHOWN_MAX), more(names)) },
      ...(not.length > 0
        ? [{ kind: 'note', text: en.subscribe.excludes(not.slice(0, NAMES_SHOWN_MAX), more(not)) } as const]
        : []),
    ],
    {
      color: topic.color,
      controls: [
        {
          kind: 'buttons',
          buttons: [
            ...(serverId
              ? [{ kind: 'press', label: en.topics.follow, emoji: '🔔', style: 'primary', id: follow } as const]
              : []),
            { kind: 'press', label: en.card.latest, emoji: '🗞️', style: 'secondary', id: latest },
          ],
        },
      ],
    },
  )
}
