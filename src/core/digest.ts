/** Folded stories -> one list: what is over a cap, came in a flood, a downtime or the quiet hours, or waits for its rhythm. */
import { headlineOf } from './card.ts'
import { customId } from './custom-id.ts'
import type { FoldReason, Match, Story, Topic } from './model.ts'
import { type Block, onlyYou, type Reply } from './reply.ts'
import { ago, joined, type Rich, rich, strong } from './rich.ts'
import { cut, oneLine } from './safe-text.ts'
import { en } from './say/en.ts'
import { voices } from './story/voices.ts'

/** One line on a desktop. */
const HEADLINE_CHARS_MAX = 110
/** An outlet's name beside it; ten such lines fit a message even where every mark in them is escaped. */
const OUTLET_CHARS_MAX = 60

export type DigestStory = Readonly<{ story: Story; matches: readonly Match[]; reason: FoldReason }>

export function digestOf(
  stories: readonly DigestStory[],
  drawn: Readonly<{ topics: readonly Topic[]; marker: string }>,
): Extract<Reply, { kind: 'message' }> {
  const groups = Map.groupBy(stories, ({ matches }) => topicOf(matches, drawn.topics))
  const reasons = [...new Set(stories.map(({ reason }) => reason))]
  const [topic] = groups.keys()
  const blocks: Block[] = [
    { kind: 'title', text: en.card.digestTitle(stories.length) },
    ...reasons.map((reason): Block => ({ kind: 'note', text: en.card.digestWhy(reason) })),
    ...[...groups].flatMap(([group, listed]): Block[] => [
      { kind: 'divider' },
      ...(group ? [{ kind: 'text', text: rich`${group.emoji} ${strong(group.name)}` } as const] : []),
      { kind: 'bullets', items: listed.map(({ story }) => storyLine(story)) },
    ]),
  ]
  const button = {
    kind: 'press',
    label: en.card.latest,
    emoji: '🗞️',
    style: 'secondary',
    id: customId('latest', 'open', topic?.id ?? '-', drawn.marker),
  } as const
  return onlyYou(blocks, { color: topic?.color ?? 0x5865f2, controls: [{ kind: 'buttons', buttons: [button] }] })
}

function topicOf(matches: readonly Match[], topics: readonly Topic[]): Topic | undefined {
  return topics.find(({ id }) => matches.some(({ topicId }) => topicId === id))
}

/** Headline as a link, outlet with how many more, when: one story in a list. */
export function storyLine(story: Story): Rich {
  const outlets = new Set(voices(story).map(({ outlet }) => outlet))
  const { lead } = story
  const more = outlets.size > 1 ? ` +${outlets.size - 1}` : ''
  return joined([
    [{ kind: 'link', text: cut(headlineOf(lead), HEADLINE_CHARS_MAX), url: lead.url }],
    rich`${cut(oneLine(lead.outlet), OUTLET_CHARS_MAX)}${more}`,
    [ago(lead.publishedAt)],
  ])
}
