/** Text from strangers, made fit to be shown: nothing invisible, nothing half cut, nothing that Discord would act on. */

/** Bidi controls could reorder what a reader sees ("safe gnp.exe"); zero-width and filler letters make blank names, as do the empty
 *  Braille cell and the null notehead. U+200D stays where it joins two emoji, and U+FE0F where it makes one. */
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5|(?!\ufe0f)\p{Variation_Selector}|(?<!\p{Emoji})\ufe0f/gu
const JOINER_OUTSIDE_EMOJI =
  /(?<!\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

/** One line of plain text: control, bidi and zero-width characters out, white space folded, lone surrogates replaced. */
export function oneLine(text: string): string {
  const spaced = text.toWellFormed().replace(/[\s\u2028\u2029]+/gu, ' ')
  return spaced.replace(INVISIBLE, '').replace(JOINER_OUTSIDE_EMOJI, '').replace(/ {2,}/g, ' ').trim()
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** The segmenter is slow on long texts: no field that we cut keeps more than Discord's longest, 4,096. */
const CUT_WINDOW_CHARS = 8_192

/** At most `charsMax` UTF-16 units, on a grapheme border, at a word where one is near, with an ellipsis for what is gone.
 *  A single grapheme longer than the limit (a pile of joined emoji) is left out whole. */
export function cut(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  let end = 0
  for (const { index, segment } of graphemes.segment(text.slice(0, Math.min(charsMax + 64, CUT_WINDOW_CHARS)))) {
    if (index + segment.length > charsMax - 1) break
    end = index + segment.length
  }
  const kept = text.slice(0, end)
  const space = kept.lastIndexOf(' ')
  // A word is cut inside only where it would cost more than a third of the line: CJK and addresses have no spaces.
  const atWord = space > (end * 2) / 3 && text[end] !== ' ' ? kept.slice(0, space) : kept
  return `${atWord.replace(/[\s,;:–—-]+$/u, '')}…`
}

/** Backslashes before all that Discord's markdown or mentions could read. The shown text is unchanged. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\\*_~`|<>[\]()]/g, '\\$&')
      .replace(/^(\s*)([#+-]|\d+(?=\.))/gm, (_, space: string, mark: string) =>
        /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
      )
      .replace(/@(?=everyone|here)/g, '@\u2060')
      // An address typed in a headline must not become a link of its own.
      .replace(/(https?|discord):\/\//gi, '$1:\u2060//')
      .replace(/\b(discord(?:app)?)(?=\.gg|\.com\/invite)/gi, '$1\u2060')
  )
}

/** An address as it may stand in a link: http(s), punycode, percent-encoded so that it closes no bracket and mentions nobody. Undefined otherwise. */
export function safeLink(url: string, charsMax = 2_048): string | undefined {
  if (!URL.canParse(url)) return undefined
  const parsed = new URL(url)
  if (!/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) return undefined
  const href = parsed.href.replace(
    /[()<>"'`\\|*]|@(?=everyone|here)/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  // Discord refuses a longer one; a cut address would lead elsewhere.
  return href.length <= charsMax ? href : undefined
}

/** The host as a reader should see it: punycode, so that a look-alike shows. */
export function shownHost(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : ''
}
