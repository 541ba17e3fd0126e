/** Lists that page: stories and quotes, five at a time, the same for every command. */
import { headlineOf } from './card.ts'
import { customId } from './custom-id.ts'
import { storyLine } from './digest.ts'
import type { Article, Quote, Speaker, Story, Topic } from './model.ts'
import type { Block, Button, Control, SelectOption } from './reply.ts'
import { ago, joined, type Rich, rich, strong } from './rich.ts'
import { oneLine } from './safe-text.ts'
import { en } from './say/en.ts'
import { voices } from './story/voices.ts'

/** Fits a phone's screen without scrolling twice. */
export const PAGE_ROWS = 5
/** Nobody pages further; asking for more costs the store. */
export const PAGES_MAX = 40

export function pageCount(total: number): number {
  return Math.max(1, Math.min(PAGES_MAX, Math.ceil(total / PAGE_ROWS)))
}

/** A page number out of a custom_id: anything else than a number in range is the first page. */
export function pageOf(text: string | undefined, total: number): number {
  const page = Number(text)
  return Number.isInteger(page) && page >= 0 ? Math.min(page, pageCount(total) - 1) : 0
}

/** Newest, newer, where we are, older. `idOf` makes the custom_id of a page; nothing for a single page. */
export function pager(page: number, total: number, idOf: (page: number, which: string) => string): readonly Control[] {
  const pages = pageCount(total)
  if (pages < 2) return []
  const press = (label: string, [to, which]: readonly [number, string], disabled: boolean): Button => ({
    kind: 'press',
    label,
    style: 'secondary',
    id: idOf(to, which),
    disabled,
  })
  const { first, back, next, place } = en.paging
  return [
    {
      kind: 'buttons',
      buttons: [
        press(`⏮ ${first}`, [0, 'first'], page === 0),
        press(`◀ ${back}`, [Math.max(0, page - 1), 'back'], page === 0),
        press(place(page + 1, pages), [page, 'here'], true),
        press(`${next} ▶`, [Math.min(pages - 1, page + 1), 'next'], page >= pages - 1),
      ],
    },
  ]
}

/** Stories with the topic, facts and, for a search, the place that answers. */
export function storyBlocks(
  rows: readonly Readonly<{ story: Story; place: Rich; topics: readonly Topic[] }>[],
): readonly Block[] {
  return rows.flatMap(({ story, place, topics }, index): Block[] => {
    const emoji = topics.map((topic) => topic.emoji).join('')
    const [head, ...facts] = splitHead(storyLine(story))
    const quotes = story.articles.flatMap((article) => article.quotes).filter(({ speaker }) => speaker).length
    const line = joined([
      ...(emoji ? [rich`${emoji}`] : []),
      facts,
      ...(quotes > 0 ? [rich`${en.card.quotes(quotes)}`] : []),
    ])
    return [
      ...(index > 0 ? [{ kind: 'divider' } as const] : []),
      { kind: 'text', text: head ? [head] : [] },
      ...(place.length > 0 ? [{ kind: 'text', text: place } as const] : []),
      { kind: 'note', text: line },
    ]
  })
}

function splitHead(line: Rich): Rich {
  // The separator behind the link is dropped: the facts have a line of their own.
  return line.filter((_, index) => index !== 1)
}

/** Opens one of the listed stories as a card that only the reader sees. */
export function openSelect(stories: readonly Story[]): readonly Control[] {
  if (stories.length === 0) return []
  const options = stories.map(
    (story): SelectOption => ({
      label: headlineOf(story.lead),
      value: story.id,
      description: oneLine(story.lead.outlet),
    }),
  )
  return [{ kind: 'select', id: customId('card', 'open'), placeholder: en.latest.open, options, min: 1, max: 1 }]
}

/** Somebody's words with where they stand. */
export function quoteBlock(quote: Quote & Readonly<{ speaker: Speaker }>, article: Article, named: boolean): Block {
  const { name, role } = quote.speaker
  const facts: Rich[] = [
    ...(named ? [[strong(name)], ...(role ? [rich`${role}`] : [])] : []),
    [{ kind: 'link', text: article.outlet, url: article.url }],
    ...(quote.setting ? [rich`${quote.setting}`] : []),
    [ago(article.publishedAt)],
  ]
  return { kind: 'quote', text: quote.text, by: joined(facts) }
}

/** One story, whole: what a card shows, for the reader who asked. */
export function storyBlock(story: Story, topics: readonly Topic[]): readonly Block[] {
  const { lead } = story
  const names = topics.map(({ emoji, name }): Rich => rich`${emoji} ${strong(name)}`)
  const others = voices(story)
    .slice(1)
    .map(({ outlet }) => outlet)
  return [
    { kind: 'note', text: joined([...names, rich`${lead.outlet}`, [ago(lead.publishedAt)]]) },
    { kind: 'title', text: [{ kind: 'link', text: headlineOf(lead), url: lead.url }] },
    ...(lead.summary.length > 0 ? [{ kind: 'text', text: rich`${lead.summary.join(' ')}` } as const] : []),
    ...(others.length > 0 ? [{ kind: 'note', text: en.card.alsoIn(others) } as const] : []),
  ]
}
