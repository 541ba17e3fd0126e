/** When a feed or page says something happened, in any of the forms found on the web: RFC 822 with its sins (no seconds, long
 *  weekday names, stray commas, two-digit years, "PM"), ISO 8601 whole or in part, asctime, `5.10.2026`, Unix seconds, month
 *  names of many languages, zone names. A time without a zone, or with one that nobody knows, is taken as UTC.
 *  @returns epoch ms, or undefined for what is no date, does not exist (30 February) or could be two (`05/10/2026`).
 *  Never throws. The source may still lie: see `saneDate`. */
export function parseDate(text: string): number | undefined {
  const plain = text.trim()
  if (plain === '' || plain.length > DATE_CHARS_MAX) return undefined
  const lower = inLatin(plain.normalize('NFC').toLowerCase().replace(/\s+/g, ' ')).replace(/:(\d)(?!\d)/g, ':0$1')
  return fromEpoch(lower) ?? fromIso(lower.trim()) ?? fromWords(lower)
}

/** The date, if it can be true: not before 1990 (no feed is older; zeros and broken clocks are), and not more than a day ahead
 *  of `now`, which zones explain. Otherwise undefined, and the caller takes the time when it first saw the item.
 *  @param at - epoch ms
 *  @param now - epoch ms */
export function saneDate(at: number | undefined, now: number): number | undefined {
  return at !== undefined && at >= SANE_FROM_AT && at <= now + SANE_AHEAD_MS ? at : undefined
}

const DATE_CHARS_MAX = 100 // the longest honest form has about 50
const SANE_FROM_AT = Date.UTC(1990, 0, 1) // the web's first year; 1970 and 1980 are what broken clocks say
const SANE_AHEAD_MS = 24 * 3_600_000 // a local time without a zone is at most 14 hours wrong
const YEAR_MIN = 1900 // below: a misread number
const YEAR_MAX = 2199

/** East Asian dates in the marks that the rest of this file knows: 2026年10月5日 is 2026-10-5, 午後 before a time is "pm" after it. */
function inLatin(text: string): string {
  return text
    .replace(/[年년]\s?(?=\d)/g, '-')
    .replace(/[月월]\s?(?=\d)/g, '-')
    .replace(/[日일]/g, ' ')
    .replace(/(?:오전|午前|上午)\s?([\d:]{4,8})/, '$1 am')
    .replace(/(?:오후|午後|下午)\s?([\d:]{4,8})/, '$1 pm')
    .replace(/\s+/g, ' ')
}

type Day = Readonly<{ year: number; month: number; day: number }>
type Clock = Readonly<{ hour: number; minute: number; second: number; ms: number; zoneMinutes: number }>
const MIDNIGHT: Clock = { hour: 0, minute: 0, second: 0, ms: 0, zoneMinutes: 0 }

function instant({ year, month, day }: Day, clock: Clock | undefined): number | undefined {
  if (clock === undefined || year < YEAR_MIN || year > YEAR_MAX) return undefined
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  return Date.UTC(year, month - 1, day, clock.hour, clock.minute, clock.second, clock.ms) - clock.zoneMinutes * 60_000
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Unix time: ten digits are seconds, thirteen are milliseconds (both 2001 to 2286). */
function fromEpoch(text: string): number | undefined {
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return undefined
  return text.length === 10 ? Number(text) * 1000 : Number(text)
}

function fromIso(text: string): number | undefined {
  const parts = /^(\d{4})(?:([-/.]?)(\d{1,2})(?:\2(\d{1,2}))?)?(?:(?:\s*t\s*|[\s,]+)(\d.*))?$/.exec(text)
  if (!parts) return undefined
  const [, year, , month = '1', day = '1', clock] = parts
  return instant({ year: Number(year), month: Number(month), day: Number(day) }, clock ? readClock(clock) : MIDNIGHT)
}

/** From "10:14:55.5 PM +02:00" or "101455Z" or "10"; undefined for a time that no clock shows. */
function readClock(text: string): Clock | undefined {
  const parts = /^(\d{1,2})(?:[:h]?(\d{2})(?::?(\d{2})(?:[.,](\d{1,3})\d*)?)?)?\s*(a\.?m\b\.?|p\.?m\b\.?)?(.*)$/.exec(
    text,
  )
  if (!parts) return undefined
  const [, hours, minute = '0', second = '0', fraction = '', half = '', zone = ''] = parts
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (half.startsWith('p') ? 12 : 0)
  const ms = Number(fraction.padEnd(3, '0'))
  // 24:00 is ISO's midnight, :60 a leap second.
  if (hour > 24 || Number(minute) > 59 || Number(second) > 60 || (hour === 24 && Number(minute) > 0)) return undefined
  return { hour, minute: Number(minute), second: Number(second), ms, zoneMinutes: readZone(zone) }
}

const OFFSET_MINUTES_MAX = 14 * 60 // Kiribati
function readZone(text: string): number {
  const offset = /^\s*(?:gmt|utc?|z)?\s*([-+−])\s?(\d{1,2}):?(\d{2})?(?!\d)/.exec(text)
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    if (minutes > OFFSET_MINUTES_MAX) return 0
    return offset[1] === '+' ? minutes : -minutes
  }
  return ZONE_MINUTES.get(/[a-z]+/.exec(text)?.[0] ?? '') ?? 0
}

function fromWords(text: string): number | undefined {
  const time = /(?<!\d)(\d{1,2}[:h]\d{2}(?!\d).*)$/.exec(text)
  const before = time ? text.slice(0, time.index) : text
  // "10:30, 5 October 2026": the day may follow the time.
  const head = /\d/.test(before) ? before : (time?.[0].replace(/^[\d:h]+/, '') ?? '')
  // asctime and Java write the year after the clock: "Thu Jan 1 19:48:21 EST 2004".
  const lateYear = time && head === before ? /(?<![-+:.\d])\d{4}(?![\d:])/.exec(time[0]) : null
  const day = readDay(head, lateYear?.[0])
  return day && instant(day, time ? readClock(time[0]) : MIDNIGHT)
}

function readDay(head: string, lateYear: string | undefined): Day | undefined {
  const numbers = head.match(/\d+/g) ?? []
  const all = lateYear === undefined ? numbers : [...numbers, lateYear]
  const month = monthIn(head)
  if (month === undefined) return all.length === 3 ? fromNumbers(all, head.includes('.')) : undefined
  const [first = '', second = ''] = all
  if (all.length !== 2) return undefined
  return first.length === 4
    ? { year: Number(first), month, day: Number(second) }
    : { year: fullYear(second), month, day: Number(first) }
}

/** "5.10.2026" is written day first everywhere; with other marks only a number over 12 tells. */
function fromNumbers([first = '', second = '', last = '']: readonly string[], dotted: boolean): Day | undefined {
  if (last.length !== 4 && !(dotted && last.length === 2)) return undefined
  const [a, b, year] = [Number(first), Number(second), fullYear(last)]
  if (dotted || a > 12 || a === b) return { year, month: b, day: a }
  return b > 12 ? { year, month: a, day: b } : undefined
}

/** RFC 2822, 4.3: two digits from 00 to 49 are of this century, three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 2) return year + (year < 50 ? 2000 : 1900)
  return digits.length === 3 ? year + 1900 : year
}

function monthIn(text: string): number | undefined {
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? []
  const english = words
    .map((word) => (ENGLISH_MONTH.test(word) ? ENGLISH.indexOf(word.slice(0, 3)) + 1 : 0))
    .find(Boolean)
  // "mar." is also Tuesday in French, Spanish and Italian.
  const foreign = words.filter((word) => word !== 'mar' && !ENGLISH_WORD.test(word))
  if (english !== undefined && (english !== MARCH || foreign.length === 0)) return english
  if (foreign.length === 0) return undefined
  otherMonths ??= namesOfMonths()
  return foreign.map((word) => otherMonths?.get(withoutMarks(word))).find((month) => month !== undefined) ?? english
}

function withoutMarks(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '')
}

const MARCH = 3
const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const ENGLISH_MONTH =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/

/** Weekdays, ordinals and months: no reason to look in other languages. */
const ENGLISH_WORD =
  /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?$|^(?:st|nd|rd|th|of|at|on|march)$/

/** Built once, when the first word is no English month: most feeds never need it. */
let otherMonths: ReadonlyMap<string, number> | undefined

/** Month names as the platform's own tables know them, nominative, genitive and short; where two languages disagree (Polish
 *  and Croatian "listopad"), the earlier in the list. */
function namesOfMonths(): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  for (const language of LANGUAGES) {
    for (const style of STYLES) {
      const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' })
      for (let month = 1; month <= 12; month++) {
        const parts = format.formatToParts(Date.UTC(2024, month - 1, 15))
        const name = parts.find((part) => part.type === 'month')?.value ?? ''
        const plain = withoutMarks(name.toLowerCase()).replace(/\.$/, '')
        if (/^\p{L}/u.test(plain) && !names.has(plain)) names.set(plain, month)
      }
    }
  }
  return names
}
const LANGUAGES = 'es pt fr de it nl pl ru uk tr sv da nb fi cs sk hu ro el bg sr ca id lt lv et is'.split(' ')
const STYLES = [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short', day: 'numeric' }] as const

/** Minutes east of Greenwich. RFC 822's names, then those that papers write. Of names that several zones share, the one that
 *  feeds mean most: IST is India's, CST and EST America's, BST Britain's. */
const ZONE_MINUTES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{
      est: -300,
      edt: -240,
      cst: -360,
      cdt: -300,
      mst: -420,
      mdt: -360,
      pst: -480,
      pdt: -420,
      et: -300,
      ct: -360,
      mt: -420,
      pt: -480,
    },
    ...{
      akst: -540,
      akdt: -480,
      hst: -600,
      ast: -240,
      adt: -180,
      nst: -210,
      ndt: -150,
      brt: -180,
      art: -180,
      clt: -240,
      cot: -300,
      pet: -300,
    },
    ...{
      wet: 0,
      west: 60,
      bst: 60,
      cet: 60,
      cest: 120,
      met: 60,
      mest: 120,
      mez: 60,
      mesz: 120,
      eet: 120,
      eest: 180,
      msk: 180,
      msd: 240,
      trt: 180,
    },
    ...{
      wat: 60,
      cat: 120,
      sast: 120,
      eat: 180,
      irst: 210,
      gst: 240,
      pkt: 300,
      ist: 330,
      npt: 345,
      ict: 420,
      wib: 420,
      sgt: 480,
      hkt: 480,
    },
    ...{ pht: 480, awst: 480, jst: 540, kst: 540, acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780 },
  }),
)
