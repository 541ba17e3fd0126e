/** Times in the reader's own zone; those that say "5 minutes ago" stay true while the page is open. */
import { h } from './dom.ts'

const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
}
const SECOND = 1_000
const UNITS = [
  ['year', 31_536_000 * SECOND],
  ['month', 2_592_000 * SECOND],
  ['day', 86_400 * SECOND],
  ['hour', 3_600 * SECOND],
  ['minute', 60 * SECOND],
  ['second', SECOND],
] as const
const LANGUAGE = 'en-GB'
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'always' })

/** @param style - one of Discord's: t T d D f F R */
export function timeElement(at: number, style: string): HTMLElement {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return h('span', {}, '(no date)')
  const words = style === 'R' ? ago(at) : format(at, style)
  const title = format(at, 'F')
  return h(
    'time',
    { class: 'stamp', datetime: date.toISOString(), title, 'data-live': style === 'R' && String(at) },
    words,
  )
}

/** Hours and minutes, as beside a message's author; the date too where it was another day. */
export function clockElement(at: number): HTMLElement {
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  const words = isToday ? format(at, 't') : `${format(at, 'd')} ${format(at, 't')}`
  return h('time', { class: 'clock', datetime: new Date(at).toISOString(), title: format(at, 'F') }, words)
}

/** Short, for tables: "12 s", "6 m". Follows the clock while it is shown. */
export function agoElement(at: number): HTMLElement {
  return h('time', { datetime: new Date(at).toISOString(), 'data-short': String(at) }, shortSpan(Date.now() - at))
}

/** The same for what is to come: "12 s", and "now" once it is due. */
export function untilElement(at: number): HTMLElement {
  return h('time', { datetime: new Date(at).toISOString(), 'data-until': String(at) }, spanUntil(at))
}

function spanUntil(at: number): string {
  return at <= Date.now() ? 'now' : shortSpan(at - Date.now())
}

export function shortSpan(spanMs: number): string {
  const seconds = Math.max(0, Math.round(Math.abs(spanMs) / SECOND))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.round(seconds / 60)} m`
  return seconds < 86_400 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`
}

/** Keeps every living time on the page true. */
export function keepTime(): void {
  setInterval(() => {
    for (const element of document.querySelectorAll<HTMLElement>(
      'time[data-live], time[data-short], time[data-until]',
    )) {
      const words = wordsNow(element.dataset)
      if (element.textContent !== words) element.textContent = words
    }
  }, SECOND)
}

function wordsNow({ live, short, until }: DOMStringMap): string {
  if (live !== undefined) return ago(Number(live))
  return until === undefined ? shortSpan(Date.now() - Number(short)) : spanUntil(Number(until))
}

function ago(at: number): string {
  const span = at - Date.now()
  for (const [unit, lengthMs] of UNITS)
    if (Math.abs(span) >= lengthMs || unit === 'second') return relative.format(Math.trunc(span / lengthMs), unit)
  return ''
}

function format(at: number, style: string): string {
  return new Intl.DateTimeFormat(LANGUAGE, FORMATS[style] ?? FORMATS['f']).format(at)
}
