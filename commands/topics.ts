import { customId } from '../src/core/custom-id.ts'
import type { Topic } from '../src/core/model.ts'
import { onlyYou, refusal } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import type { Command } from '../src/flow/command.ts'
import { viewerOf } from '../src/flow/followed.ts'

const DAY_MS = 24 * 60 * 60_000
/** A message holds so many lines with ease; the select takes 25. */
const LISTED_MAX = 25
const NAMES_SHOWN_MAX = 40

export const topics: Command = {
  name: 'topics',
  describe: en.topics.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [],
  async run({ asker }, world) {
    if (world.topics.length === 0) return refusal(en.topics.none)
    const listed = world.topics.slice(0, LISTED_MAX)
    const sinceAt = world.now() - DAY_MS
    const counts = await Promise.all(
      listed.map(({ id }) => world.store.latest({ topicId: id, sinceAt, limit: 1 }, viewerOf(asker))),
    )
    const items = listed.map((topic, index) =>
      en.topics.line(topic, topic.any.length + topic.all.length, counts[index]?.total ?? 0),
    )
    const options = listed.map(({ id, name, emoji }) => ({ label: name, value: id, ...(emoji ? { emoji } : {}) }))
    return onlyYou(
      [
        { kind: 'title', text: en.topics.title(world.topics.length) },
        { kind: 'bullets', items },
        { kind: 'note', text: en.topics.note },
      ],
      {
        controls: [
          {
            kind: 'select',
            id: customId('topics', 'show'),
            placeholder: en.topics.placeholder,
            options,
            min: 1,
            max: 1,
          },
        ],
      },
    )
  },
  presses: {
    show: {
      access: 'everyone',
      async run({ values }, world) {
        const topic = world.topics.find(({ id }) => id === values[0])
        return topic ? details(topic) : refusal(en.topics.unknown)
      },
    },
  },
}

function details(topic: Topic) {
  const names = [...topic.any, ...topic.all].map(({ text }) => text)
  const not = topic.none.map(({ text }) => text)
  const more = (list: readonly string[]): number => Math.max(0, list.length - NAMES_SHOWN_MAX)
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
            { kind: 'press', label: en.topics.follow, style: 'primary', id: customId('subscribe', 'topic', topic.id) },
            { kind: 'press', label: en.card.latest, style: 'secondary', id: customId('latest', 'open', topic.id) },
          ],
        },
      ],
    },
  )
}
