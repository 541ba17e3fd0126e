import { CREDIT_WORDS } from './phrases.ts'

/** Whether a line is a picture's caption, told by its credit: at its end in brackets, or as a last sentence such as "Photo: X".
 *  Sentences that end in a bracket of other kinds are none. */
export function isCredit(text: string): boolean {
  if (text.length > CAPTION_CHARS_MAX) return false
  const bracket = /[([]([^()[\]]{2,80})[)\]]\.?$/.exec(text)?.[1] ?? ''
  if (PICTURE.test(bracket)) return true
  if (text.length <= AGENCY_CHARS_MAX && CREDIT.test(bracket) && !/\d/.test(bracket)) return true
  return CREDIT_SENTENCE.test(text) || CREDIT_END.test(text)
}

const CAPTION_CHARS_MAX = 450 // agencies describe at length
const AGENCY_CHARS_MAX = 300 // an agency in brackets may also stand behind a paragraph, which is longer
const CREDIT = new RegExp(`(?:^|[\\s|/.,–—-])(?:${CREDIT_WORDS.join('|')})(?:[\\s|/.:,]|$)`, 'iu')
const PICTURE =
  /^(?:photo|photograph|image|picture|foto|bild|фото|crédit photo|screenshot|illustration)s?\s{0,2}(?:by\s|credit|courtesy|:|\/|©|$)|(?:^|[\s/])(?:photo|photograph|image|picture|foto|bild|фото|screenshot|illustration)s?$/iu
const CREDIT_SENTENCE =
  /(?:^|[.!?"”’)\]|]\s?|\s[–—-]\s)(?:photo|image|picture|photograph|credit|foto|illustration|video|bild|фото)s?\s{0,2}(?:credit|source|courtesy)?\s{0,2}(?:by\s|:|©|\/|\|)[^.!?]{0,80}\.?$/iu
/** With a capital and a colon it needs no full stop before. */
const CREDIT_END =
  /\s(?:Photo|PHOTO|Image|IMAGE|Picture|Photograph|Credit|CREDIT|Foto|FOTO|Bild|Фото|Illustration)s?(?:\s[Cc]redit|\s[Cc]ourtesy)?\s?:\s?[^.!?:]{2,60}$/u

const DATE_CHARS_MAX = 80
/** Whether a line is but a date, a time to read or a count: "September 4, 2025 12:51 PM", "8 min read", "3 comments". */
export function isDateLine(text: string): boolean {
  return (
    text.length <= DATE_CHARS_MAX &&
    !/[.!?]["”’]?$/.test(text) &&
    (DATE.test(text) || CLOCK.test(text) || COUNT.test(text) || AGO.test(text) || UPDATED.test(text))
  )
}
const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avril|mai|juin|juil|août|märz|dez|okt|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру)\\p{L}{0,8}\\.?'
const DATE = new RegExp(
  `^(?:\\p{L}{2,10}[,.]?\\s{1,2})?(?:\\d{1,2}(?:st|nd|rd|th|er|\\.)?[\\s./-]{1,3}(?:de\\s)?(?:\\d{1,2}|${MONTH})[,./\\s-]{1,3}(?:de\\s)?\\d{4}|${MONTH}\\s{1,2}\\d{1,2}(?:st|nd|rd|th)?,?\\s{1,2}\\d{4}|\\d{4}[-./年]\\d{1,2}[-./月]\\d{1,2}日?)(?:$|[^\\p{L}].{0,40}$)`,
  'iu',
)
const CLOCK = /^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m)?(?:\s(?:[A-Z]{2,5}|Uhr))?$/i
const COUNT = /^\d{1,4}\s{0,2}(?:min(?:ute)?s?(?:\s+read)?|comments?|shares?|views?|likes?|replies)$/i
/** "3h ago", "vor 2 Stunden", "2 saat önce": how old an entry of a live report is. */
const AGO =
  /^(?:(?:vor|il y a|hace|há|for)\s\d{1,3}\s\p{L}{1,10}\.?(?:\s(?:siden|atrás))?|\d{1,3}\s?\p{L}{1,8}\.?\s(?:ago|fa|geleden|temu|тому|назад|önce|siden|sedan))$/iu
const UPDATED = /^(?:last\s)?(?:updated|first published|published|posted)(?:\s(?:at|on))?:?\s\d{1,2}(?:[.:]\d{2}|\s?h)/i

const BYLINE_CHARS_MAX = 90
/** Whether a line is a byline: "By" in some language, then names and nothing that ends a sentence. */
export function isNameLine(text: string): boolean {
  return text.length <= BYLINE_CHARS_MAX && !/[.!?]$/.test(text) && BYLINE.test(text)
}
const BYLINE =
  /^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Aa]utor(?:in|e)?|[Тт]екст|[Аа]втор):?\s{1,2}\p{Lu}[\p{L}.'’-]*(?:,?\s(?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|al|el|la|and|&|und|et|y)){0,7}\s{0,2}(?:[|•·,–-].{0,40})?$/u
