/** Lists that page: stories and quotes, five at a time, the same for every command. */
import { headlineOf, quotesOf } from './card.ts'
import { customId } from './custom-id.ts'
import type { Article, Quote, Speaker, Story, Topic } from './model.ts'
import type { Block, Button, Control, SelectOption } from './reply.ts'
import { ago, joined, type Rich, rich, strong } from './rich.ts'
import { cut, oneLine } from './safe-text.ts'
import { en } from './say/en.ts'
import { voices } from './story/voices.ts'

/** Fits a phone's screen without scrolling twice. */
export const PAGE_ROWS = 5
/** Nobody pages further; asking for more costs the store. */
const PAGES_MAX = 40
/** CARD.md: one line on a desktop. */
const HEADLINE_CHARS_MAX = 110
/** Twenty such links still fit into one message; a longer address is behind the card's Read. */
const LINK_CHARS_MAX = 250

/** One page of a list: rows `from` to before `to`. */
export type Paging = Readonly<{ at: number; pages: number; from: number; to: number }>

/** @param wanted - a page's number out of a custom_id: anything else than one in range is the first page, or the last */
export function paging(wanted: string | undefined, total: number, rows = PAGE_ROWS): Paging {
  const pages = Math.max(1, Math.min(PAGES_MAX, Math.ceil(total / rows)))
  const page = Number(wanted)
  const at = Number.isInteger(page) && page >= 0 ? Math.min(page, pages - 1) : 0
  return { at, pages, from: at * rows, to: (at + 1) * rows }
}

/** First, back, where we are, next. `idOf` makes the custom_id of a page; nothing for a single page. */
export function pager({ at, pages }: Paging, idOf: (page: number, which: string) => string): readonly Control[] {
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
        press(first, [0, 'first'], at === 0),
        press(back, [Math.max(0, at - 1), 'back'], at === 0),
        press(place(at + 1, pages), [at, 'here'], true),
        press(next, [Math.min(pages - 1, at + 1), 'next'], at >= pages - 1),
      ],
    },
  ]
}

/** Stories with their topics and facts and, for a search, the place that answers.
 *  @param from - the number of the first, from 0 */
export function storyBlocks(
  rows: readonly Readonly<{ story: Story; place: Rich; topics: readonly Topic[] }>[],
  from: number,
): readonly Block[] {
  return rows.flatMap(({ story, place, topics }, index): Block[] => {
    const outlets = voices(story).length
    const quotes = quotesOf(story).length
    const facts = joined([
      ...topics.map(({ emoji, name }): Rich => rich`${emoji} ${name}`),
      rich`${story.lead.outlet}${outlets > 1 ? ` +${outlets - 1}` : ''}`,
      [ago(story.lead.publishedAt)],
      ...(quotes > 0 ? [rich`${en.card.quotes(quotes)}`] : []),
    ])
    return [
      ...(index > 0 ? [{ kind: 'divider' } as const] : []),
      { kind: 'text', text: rich`${strong(`${from + index + 1}.`)} ${articleLink(story.lead)}` },
      { kind: 'note', text: facts },
      ...(place.length > 0 ? [{ kind: 'text', text: place } as const] : []),
    ]
  })
}

/** The headline as a link, or alone where its address is too long for a list. */
export function articleLink(article: Pick<Article, 'title' | 'url'>): Rich {
  const text = cut(headlineOf(article), HEADLINE_CHARS_MAX)
  return article.url.length > LINK_CHARS_MAX ? rich`${text}` : [{ kind: 'link', text, url: article.url }]
}

/** Opens one of the listed stories as a card that only the reader sees.
 *  @param from - as in `storyBlocks` */
export function openSelect(stories: readonly Story[], from: number): readonly Control[] {
  if (stories.length === 0) return []
  const options = stories.map(
    (story, index): SelectOption => ({
      label: `${from + index + 1}. ${headlineOf(story.lead)}`,
      value: story.id,
      description: oneLine(story.lead.outlet),
    }),
  )
  return [{ kind: 'select', id: customId('card', 'open'), placeholder: en.latest.open, options, min: 1, max: 1 }]
}

/** Somebody's words with where they stand. */
export function quoteBlock(quote: Quote & Readonly<{ speaker: Speaker }>, article: Article, named: boolean): Block {
  const { name, role } = quote.speaker
  const { outlet, url } = article
  const facts: Rich[] = [
    ...(named ? [[strong(name)], ...(role ? [rich`${role}`] : [])] : []),
    ...(quote.setting ? [rich`${quote.setting}`] : []),
    url.length > LINK_CHARS_MAX ? rich`${outlet}` : [{ kind: 'link', text: outlet, url }],
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
    { kind: 'title', text: articleLink(lead) },
    ...(lead.summary.length > 0 ? [{ kind: 'text', text: rich`${lead.summary.join(' ')}` } as const] : []),
    ...(others.length > 0 ? [{ kind: 'note', text: en.card.alsoIn(others) } as const] : []),
  ]
}
