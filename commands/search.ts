import { CUSTOM_ID_CHARS_MAX, customId } from '../src/core/custom-id.ts'
import { openSelect, PAGE_ROWS, pager, paging, storyBlocks } from '../src/core/listing.ts'
import { type Button, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import { snippet } from '../src/core/snippet.ts'
import { ftsQuery } from '../src/core/words.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { matchedTopics, viewerOf } from '../src/flow/followed.ts'
import { recallText, rememberText } from '../src/flow/remember.ts'

/** A line, not an article. */
const SEARCH_CHARS_MAX = 200
/** What the longest custom_id around the words leaves for them. */
const PACKED_CHARS_MAX = CUSTOM_ID_CHARS_MAX - customId('search', 'page', '', '99', 'first').length

export const search: Command = {
  name: 'search',
  describe: en.search.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [{ name: 'words', describe: en.search.words, kind: 'text', required: true, charsMax: SEARCH_CHARS_MAX }],
  run: ({ asker, options }, world) => page(String(options['words'] ?? ''), { asker, world, wanted: '0', how: 'new' }),
  presses: {
    page: {
      access: 'everyone',
      async run({ asker, args: [packed, wanted] }, world) {
        const typed = await recallText(packed, world)
        return typed === undefined ? refusal(en.search.tooOld) : page(typed, { asker, world, wanted, how: 'update' })
      },
    },
  },
}

type Asked = Readonly<{ asker: Asker; world: World; wanted: string | undefined; how: 'new' | 'update' }>

async function page(text: string, { asker, world, wanted, how }: Asked): Promise<Reply> {
  const typed = text.trim().slice(0, SEARCH_CHARS_MAX).toWellFormed()
  const query = ftsQuery(typed)
  if (query === '') return refusal(en.search.empty)
  const viewer = viewerOf(asker)
  const { total } = await world.store.search(query, { limit: 1 }, viewer)
  if (total === 0) return none(typed, how)
  const at = paging(wanted, total)
  const { rows } = await world.store.search(query, { limit: PAGE_ROWS, offset: at.from }, viewer)
  const packed = await rememberText(typed, PACKED_CHARS_MAX, world)
  const listed = rows.map(({ story, article, matches }) => ({
    story,
    place: snippet(article.text, typed),
    topics: matchedTopics(matches, world.topics),
  }))
  return onlyYou(
    [
      { kind: 'title', text: en.search.title(typed, total) },
      { kind: 'note', text: en.search.order },
      { kind: 'divider' },
      ...storyBlocks(listed, at.from),
    ],
    {
      how,
      controls: [
        ...openSelect(
          rows.map(({ story }) => story),
          at.from,
        ),
        ...pager(at, (to, which) => customId('search', 'page', packed, String(to), which)),
      ],
    },
  )
}

function none(typed: string, how: 'new' | 'update'): Reply {
  const id = customId('latest', 'open', '-')
  const latest: Button = { kind: 'press', label: en.card.latest, emoji: '🗞️', style: 'secondary', id }
  return {
    ...refusal(en.search.none(typed), en.search.noneWayOut),
    tone: 'warning',
    how,
    controls: [{ kind: 'buttons', buttons: [latest] }],
  }
}
