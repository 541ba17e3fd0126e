/** Invented news for measuring stories: `node test/bench/stories-data.ts > FILE`, then score.mjs stories --data FILE.
 *  Every event is told by two to four outlets in words of their own; near misses are the same kind of event elsewhere within
 *  hours, another event with the same people, and what follows a day later. Half of the kinds (`--half a|b`) can be held back. */
import { pathToFileURL } from 'node:url'
import { KINDS, type Kind, type Telling } from './stories/kinds.ts'

type StoryRow = Readonly<{
  id: string
  event: string
  title: string
  text: string
  outlet: string
  publishedAt: string
}>

const EVENTS_A_KIND = 6
const HOUR_MS = 3_600_000
const FIRST_AT = Date.UTC(2031, 5, 2, 5)
/** Kinds take turns every four hours: an event of the same kind elsewhere comes 40 hours later, well within the window. */
const EVENT_STEP_MS = 4 * HOUR_MS

const OUTLETS = ['Oakmoor Herald', 'Coast Wire', 'Westmark Post', 'Radio Sund', 'The Lantern', 'Nordlund Daily']
const POOLS: Readonly<Record<string, readonly string[]>> = {
  town: [
    'Oakmoor',
    'Hallinge',
    'Port Estrel',
    'Grevsund',
    'Tamsk',
    'Quillan Bay',
    'Vardby',
    'Solnitz',
    'Merrow',
    'Ostrava Nova',
    'Kelm',
    'Ibbenfjord',
  ],
  city: ['Lunden', 'Karsholm', 'Vellamo', 'Dornach', 'Sint Aalst', 'Brezna', 'Marisport', 'Tolvik'],
  region: ['Westmark', 'Lower Anse', 'the Skarn', 'Ostermere', 'Halland Hills', 'Pelagia'],
  country: ['Nordland', 'Velmark', 'Carsovia', 'Ostania'],
  country2: ['Brenland', 'Tirsia', 'Halvonia', 'Meridia'],
  firm: ['Nordkraft', 'Tamm Lines', 'Anse Power', 'Skarnbank', 'Havgrid', 'Ostline', 'Kelm Holding'],
  firm2: ['Bluewater', 'Sundfreight', 'Estrel Shipping', 'Karvo', 'Brisk Maritime'],
  leader: ['Oda Brandvik', 'Ilse Tarn', 'Mira Costigan', 'Ewa Sol'],
  man: [
    'Tom Hartwig',
    'Lew Tamm',
    'Arvid Quist',
    'Jon Beck',
    'Piet Vandermoor',
    'Samuel Oduya',
    'Karel Novy',
    'Rui Antela',
    'Ned Farrow',
    'Goran Lisic',
  ],
  man2: ['Hugo Strand', 'Emil Castor', 'Ravi Menon', 'Olaf Drews', 'Peter Wray', 'Matti Salo'],
  woman: [
    'Ada Wren',
    'Lucia Ferro',
    'Greta Holm',
    'Nina Ostrow',
    'Ruth Abara',
    'Siri Lund',
    'Vera Maklin',
    'Joan Tilley',
  ],
  paper: ['Signal', 'The Weekly Bell', 'Horizont'],
  club: ['Karsholm United', 'Rovers Lunden', 'Brezna City'],
  club2: ['Tolvik Athletic', 'Vellamo FC', 'Dornach Town'],
  ship: ['Princess Anse', 'Kittiwake', 'Stella Boreal', 'Havfrue', 'Grey Heron', 'Marigold'],
  n: ['14,000', '3,200', '640', '212', '8,500', '27,000'],
  k: ['3', '7', '11', '19', '24', '5'],
  m: ['2.4', '6.8', '11', '1.9'],
}
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** All rows in order of time. The same on every run. */
export function storyRows(half?: 'a' | 'b'): readonly StoryRow[] {
  const rows: StoryRow[] = []
  for (let turn = 0; turn < EVENTS_A_KIND; turn++) {
    KINDS.forEach((kind, k) => {
      if (half && (half === 'a') !== (k % 2 === 0)) return
      rows.push(...rowsOfEvent(kind, k, turn))
    })
  }
  return rows.sort((a, b) => a.publishedAt.localeCompare(b.publishedAt))
}

function rowsOfEvent(kind: Kind, k: number, turn: number): StoryRow[] {
  const at = FIRST_AT + (turn * KINDS.length + k) * EVENT_STEP_MS
  const slots = slotsOf(k, turn, at)
  const event = `${k}-${turn}`
  const rows = tell({ event, telling: kind, slots, at })
  return kind.next
    ? [...rows, ...tell({ event: `${event}-next`, telling: kind.next, slots, at: at + 22 * HOUR_MS })]
    : rows
}

function slotsOf(k: number, turn: number, at: number): Readonly<Record<string, string>> {
  const drawn = Object.entries(POOLS).map(([name, pool]) => [name, pick(pool, `${name} ${k}`, turn)])
  return Object.fromEntries([...drawn, ['day', dayOf(at)], ['nextday', dayOf(at + 24 * HOUR_MS)]])
}

type Happening = Readonly<{ event: string; telling: Telling; slots: Readonly<Record<string, string>>; at: number }>

/** One event by two to four outlets: each leads with the first fact, leaves one out now and then, and has its own order and words. */
function tell({ event, telling, slots, at }: Happening): StoryRow[] {
  const outlets = 2 + (hash(event) % 3)
  return Array.from({ length: outlets }, (_, i) => {
    const seed = `${event} ${i}`
    const facts = telling.facts.map((wordings, f) => fill(pick(wordings.split(' | '), `${event} ${f}`, i), slots))
    const [lead, ...rest] = facts
    const kept = rest.filter((_, f) => rest.length < 3 || hash(`${seed} leaves out ${f}`) % 4 > 0)
    const shift = hash(`${seed} order`) % Math.max(1, kept.length)
    const ordered = [...kept.slice(shift), ...kept.slice(0, shift)]
    return {
      id: seed,
      event,
      title: fill(pick(telling.titles.split(' | '), `${event} title`, i), slots),
      text: [lead, ...ordered].join('\n\n'),
      outlet: pick(OUTLETS, event, i),
      publishedAt: new Date(at + i * HOUR_MS * (1 + (hash(`${seed} late`) % 4))).toISOString(),
    }
  })
}

function fill(template: string, slots: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? name)
}

/** The `turn`-th of a pool that begins at a place of its own for every `seed`: neighbours in turn differ. */
function pick(pool: readonly string[], seed: string, turn: number): string {
  return pool[(hash(seed) + turn) % pool.length] ?? ''
}

function dayOf(at: number): string {
  return DAYS[(new Date(at).getUTCDay() + 6) % 7] ?? ''
}

/** FNV-1a: the same numbers on every machine. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const half = process.argv[process.argv.indexOf('--half') + 1]
  for (const row of storyRows(half === 'a' || half === 'b' ? half : undefined)) console.log(JSON.stringify(row))
}
