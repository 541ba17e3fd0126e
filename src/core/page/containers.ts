/** What an element's own markup says about all that it holds: `hidden` is not shown; `chrome` is about the page, not of the article;
 *  `maybe` is chrome unless it holds much running text. */
export type Verdict = 'hidden' | 'talk' | 'chrome' | 'maybe' | 'label'

/** Judges elements of one page by their name, role, class, id and the like. */
export function containerJudge(): (element: Element) => Verdict | undefined {
  const known = new Map<string, Verdict | undefined>()
  return (element) => verdictOn(element, known)
}

/** What the page's names say, each looked into once. */
type Known = Map<string, Verdict | undefined>

function verdictOn(element: Element, known: Known): Verdict | undefined {
  const tag = element.localName
  const named = BY_TAG.get(tag)
  if (isHidden(element)) return 'hidden'
  if (PLAIN.has(tag)) return undefined
  const role = element.getAttribute('role')
  const byRole = role === null ? undefined : BY_ROLE.get(role.trim().toLowerCase())
  if (named === 'chrome' || byRole === 'chrome') return 'chrome'
  return byNames(element, known) ?? byRole ?? named
}

function isHidden(element: Element): boolean {
  // React sends what was late in a hidden element named S:0, S:1, ... and moves it into its place by script.
  if (element.hasAttribute('hidden') && !/^S:\d/.test(element.id)) return true
  if (element.getAttribute('aria-hidden') === 'true') return true
  const style = element.getAttribute('style')
  return style !== null && /display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden/i.test(style)
}

/** Whose names are not looked at: their classes say how words look, not what they are. */
const PLAIN = new Set(
  'html body main h1 h2 h3 h4 h5 h6 b strong i em u s small sub sup br img tr td th tbody thead code kbd mark'.split(
    ' ',
  ),
)

const BY_TAG: ReadonlyMap<string, Verdict> = new Map([
  ...'nav footer button dialog menu figcaption input label'.split(' ').map((tag) => [tag, 'chrome'] as const),
  ...'aside form caption address'.split(' ').map((tag) => [tag, 'maybe'] as const),
])

const BY_ROLE: ReadonlyMap<string, Verdict> = new Map([
  ...'navigation banner contentinfo search dialog alert alertdialog menu menubar menuitem toolbar tablist tooltip button'
    .split(' ')
    .map((role) => [role, 'chrome'] as const),
  ...'complementary form'.split(' ').map((role) => [role, 'maybe'] as const),
])

const NAMING = ['class', 'id', 'data-testid', 'data-component', 'data-module', 'data-qa', 'itemprop']
function byNames(element: Element, known: Known): Verdict | undefined {
  let verdict: Verdict | undefined
  for (const attribute of NAMING) {
    const value = element.getAttribute(attribute)
    if (value === null || value === '') continue
    for (const name of value.split(/\s+/, NAMES_MAX)) {
      const found = nameVerdict(name, known)
      if (found === 'chrome' || found === 'talk') return found
      verdict ??= found
    }
  }
  return verdict
}
const NAMES_MAX = 30 // utility classes come in dozens; what a thing is stands in front

const KNOWN_MAX = 5_000 // pages have up to some 2,000
function nameVerdict(name: string, known: Known): Verdict | undefined {
  if (known.has(name)) return known.get(name)
  const verdict = wordsVerdict(name)
  if (known.size < KNOWN_MAX) known.set(name, verdict)
  return verdict
}

const WORDS_MAX = 6 // a longer name is a slug: "the-share-of-the-harbour-grows"
function wordsVerdict(name: string): Verdict | undefined {
  if (/[[\]&>:()]/.test(name)) return undefined // a utility class: how it looks
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean)
  if (words.length > WORDS_MAX || words.some((word) => NEGATING.has(word))) return undefined
  if (words.some((word) => TALK.has(word))) return 'talk'
  if (words.some((word) => CHROME.has(word))) return 'chrome'
  for (let i = 1; i < words.length; i++) if (CHROME.has(`${words[i - 1]}-${words[i]}`)) return 'chrome'
  if (words.some((word) => MAYBE.has(word))) return 'maybe'
  return words.some((word) => LABEL.has(word)) ? 'label' : undefined
}

/** "has-sidebar", "no-comments": says what stands beside it. */
const NEGATING = setOf('has no with without not hide')
const TALK = setOf(
  'comment comments commentlist commenting disqus respond replies kommentare commentaires comentarios commenti reacties komentarze kommentarii',
)
/** Words of names, and pairs of words. */
const CHROME =
  setOf(`share sharing shares sharebar sharedaddy social socials addthis addtoany sociable newsletter newsletters
  subscribe subscription signup optin mailchimp related recommended recommendations recommendation recirc recirculation
  trending outbrain taboola zergnet breadcrumb breadcrumbs cookie cookies consent gdpr onetrust nav navbar navigation menu
  submenu megamenu footer sidebar advert advertisement advertisements ad ads adslot adsense dfp sponsor sponsored byline
  bylines caption captions figcaption credit credits copyright pagination pager pagenavi modal popup lightbox skiplink
  masthead tags taglist tagcloud toolbar tooltip login signin print noprint popular authorbox bio cta dropdown offcanvas
  overlay screenreader visuallyhidden ratings timestamp dateline
  skip-link skip-links skip-to skip-nav post-meta entry-meta article-meta meta-data read-next read-more readmore next-post
  prev-post post-navigation author-box author-bio author-info about-author sr-only visually-hidden screen-reader see-also
  also-like more-from most-read photo-credit image-credit wp-caption-text widget-area
  werbung anzeige teilen verwandte fusszeile bildunterschrift bildnachweis seitenleiste publicite partage legende publicidad
  compartir relacionadas relacionados pubblicita condividi correlati didascalia publicidade compartilhar advertentie
  bijschrift reklama udostepnij podpiska`)
const MAYBE = setOf(
  'excerpt aside promo promotion author authors rail teaser teasers disclaimer disclosure affiliate form',
)
const LABEL = setOf('toc meta banner date published tag gallery slider carousel links contents lwptoc tableofcontents')

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/))
}
