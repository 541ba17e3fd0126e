/** The preview's messages in a SQLite file of their own: what stands there was saved in a transaction that knows nothing of the
 *  bot's store, as Discord's would be. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ChannelId, MessageId } from '../../core/model.ts'
import { isRecord } from './shape-fault.ts'

/** Discord's Create Message body, checked by `messageFault`; its nonce is kept beside it. */
export type MessageBody = Readonly<Record<string, unknown>>
/** The line above a reply: who used which command. */
export type Used = Readonly<{ name: string; text: string }>

export type KeptMessage = Readonly<{
  id: MessageId
  channelId: ChannelId
  createdAt: number
  editedAt?: number
  body: MessageBody
  used?: Used
  /** Grows by one with every message and edit, for ever: the events' ids. */
  change: number
  /** The change that made it: equal to `change` until the first edit. */
  madeBy: number
}>

export type NewMessage = Readonly<{
  channelId: ChannelId
  body: MessageBody
  now: number
  nonce?: string
  used?: Used
}>

/** Every method is one transaction. */
export type Messages = Readonly<{
  /** `nonce` within its window answers the message that it made, and makes no second. */
  add(message: NewMessage): Readonly<{ message: KeptMessage; isNew: boolean }>
  /** Undefined where there is no such message; an equal body changes nothing. */
  change(
    id: MessageId,
    body: MessageBody,
    now: number,
  ): Readonly<{ message: KeptMessage; isChanged: boolean }> | undefined
  /** Oldest first. */
  list(asked: Readonly<{ channelId: ChannelId; limit: number; beforeId?: string }>): readonly KeptMessage[]
  get(id: string): KeptMessage | undefined
  /** The message whose custom_ids hold `marker`, among those younger than `afterId`. */
  find(channelId: ChannelId, marker: string, afterId?: string): KeptMessage | undefined
  /** Those younger than `afterId`, oldest first. */
  after(channelId: ChannelId, afterId: string, limit: number): readonly KeptMessage[]
  /** In the order of their last change. */
  changesAfter(change: number, limit: number): readonly KeptMessage[]
  lastChange(): number
  /** Whether a stored message shows this picture. */
  shows(imageUrl: string): boolean
  close(): void
}>

/** Discord says "the past few minutes" (DISCORD.md, trap 12). */
const NONCE_WINDOW_MS = 5 * 60_000
/** Discord's ids count milliseconds from here, shifted by 22 bits. */
const EPOCH_MS = 1_420_070_400_000
/** Ids have 17 digits at the least (DISCORD.md, trap 1), whatever the clock says. */
const ID_MIN = 10n ** 16n
const BUSY_TIMEOUT_MS = 200 // another preview on the same file is a mistake, and is named as one

const SCHEMA = `
create table if not exists message (
  id integer primary key,
  channel_id text not null,
  created_at integer not null,
  edited_at integer,
  nonce text,
  body text not null,
  used text,
  custom_ids text not null,
  images text not null,
  made_by integer not null,
  change integer not null unique
) strict;
create index if not exists message_channel on message (channel_id, id);
create index if not exists message_nonce on message (nonce, created_at) where nonce is not null;
`
/** An id is larger than a number holds exactly: it leaves as text. */
const COLUMNS = 'cast(id as text) as id, channel_id, created_at, edited_at, body, used, made_by, change'

/** Makes the folder and the file where they are missing. Throws where it cannot be opened or is no database. */
export function openMessages(path: string): Messages {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    db.exec('pragma journal_mode = wal; pragma synchronous = full')
    db.exec(SCHEMA)
    return messagesIn(db)
  } catch (error) {
    db.close()
    throw error
  }
}

function messagesIn(db: DatabaseSync): Messages {
  const rows = <Row>(sql: string, bound: Bound): readonly Row[] => db.prepare(sql).all(bound) as Row[]
  const one = (where: string, bound: Bound): KeptMessage | undefined => {
    const row = rows<MessageRow>(`select ${COLUMNS} from message where ${where}`, bound)[0]
    return row && messageOf(row)
  }
  const many = (where: string, bound: Bound): readonly KeptMessage[] =>
    rows<MessageRow>(`select ${COLUMNS} from message where ${where}`, bound).map(messageOf)
  const number = (sql: string, bound: Bound = {}): number => rows<{ n: number }>(sql, bound)[0]?.n ?? 0
  const lastChange = () => number('select max(change) as n from message')
  const get = (id: string) => (isId(id) ? one('id = $id', { id: BigInt(id) }) : undefined)
  return {
    add: (message) => inTransaction(db, () => add(db, message, { one, nextChange: lastChange() + 1 })),
    change: (id, body, now) =>
      inTransaction(db, () => {
        const message = get(id)
        if (!message) return undefined
        const text = JSON.stringify(body)
        if (text === JSON.stringify(message.body)) return { message, isChanged: false }
        write(
          db,
          'update message set body = $text, edited_at = $now, change = $change, custom_ids = $ids, images = $images where id = $id',
          { id: BigInt(id), text, now, change: lastChange() + 1, ids: customIds(body), images: imagesOf(body) },
        )
        return { message: get(id) ?? message, isChanged: true }
      }),
    list: ({ channelId, limit, beforeId }) =>
      many('channel_id = $channelId and ($before is null or id < $before) order by message.id desc limit $limit', {
        channelId,
        limit,
        before: beforeId && isId(beforeId) ? BigInt(beforeId) : null,
      }).toReversed(),
    get,
    find: (channelId, marker, afterId) =>
      one('channel_id = $channelId and id > $after and instr(custom_ids, $marker) > 0 order by message.id limit 1', {
        channelId,
        marker,
        after: afterId && isId(afterId) ? BigInt(afterId) : 0,
      }),
    after: (channelId, afterId, limit) =>
      many('channel_id = $channelId and id > $after order by message.id limit $limit', {
        channelId,
        after: isId(afterId) ? BigInt(afterId) : 0,
        limit,
      }),
    changesAfter: (change, limit) => many('change > $change order by change limit $limit', { change, limit }),
    lastChange,
    shows: (url) =>
      number('select count(*) as n from message where instr(images, $line) > 0', { line: `\n${url}\n` }) > 0,
    close: () => db.close(),
  }
}

type Bound = Record<string, string | number | bigint | null>
type Asking = Readonly<{ one(where: string, bound: Bound): KeptMessage | undefined; nextChange: number }>

function add(db: DatabaseSync, message: NewMessage, { one, nextChange }: Asking) {
  const { channelId, body, now, nonce, used } = message
  const known = nonce && one('nonce = $nonce and created_at > $since', { nonce, since: now - NONCE_WINDOW_MS })
  if (known) return { message: known, isNew: false }
  const [last] = db.prepare('select cast(max(id) as text) as id from message').all() as { id: string | null }[]
  const id = nextId(now, last?.id)
  write(
    db,
    `insert into message (id, channel_id, created_at, nonce, body, used, custom_ids, images, made_by, change)
     values ($id, $channelId, $now, $nonce, $text, $used, $ids, $images, $change, $change)`,
    {
      id,
      channelId,
      now,
      nonce: nonce ?? null,
      text: JSON.stringify(body),
      used: used ? JSON.stringify(used) : null,
      ids: customIds(body),
      images: imagesOf(body),
      change: nextChange,
    },
  )
  const made = one('id = $id', { id })
  if (!made) throw new Error(`Cannot read message ${id}: it was written a moment ago`)
  return { message: made, isNew: true }
}

/** The row's id comes back from every write, and no number holds it. */
function write(db: DatabaseSync, sql: string, bound: Bound): void {
  const statement = db.prepare(sql)
  statement.setReadBigInts(true)
  statement.run(bound)
}

/** Ordered like the messages, even when the clock jumps back. */
function nextId(now: number, lastId: string | null | undefined): bigint {
  const byClock = BigInt(Math.max(0, Math.floor(now) - EPOCH_MS)) << 22n
  const after = lastId ? BigInt(lastId) + 1n : ID_MIN
  return byClock > after ? byClock : after
}

const isId = (text: string): boolean => /^\d{1,18}$|^[1-8]\d{18}$/.test(text)

function inTransaction<Result>(db: DatabaseSync, body: () => Result): Result {
  db.exec('begin immediate')
  try {
    const result = body()
    db.exec('commit')
    return result
  } catch (error) {
    // A full disk rolls back by itself.
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}

type MessageRow = Readonly<{
  id: string
  channel_id: string
  created_at: number
  edited_at: number | null
  body: string
  used: string | null
  made_by: number
  change: number
}>

function messageOf(row: MessageRow): KeptMessage {
  return {
    id: row.id as MessageId,
    channelId: row.channel_id as ChannelId,
    createdAt: row.created_at,
    body: JSON.parse(row.body),
    change: row.change,
    madeBy: row.made_by,
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    ...(row.used === null ? {} : { used: JSON.parse(row.used) }),
  }
}

function customIds(body: MessageBody): string {
  return valuesOf(body, (key) => key === 'custom_id').join('\n')
}

/** Every address under `url` that may be a picture: one a line, with a line break at both ends. */
function imagesOf(body: MessageBody): string {
  return `\n${imageUrls(body).join('\n')}\n`
}

const PICTURES = ['thumbnail', 'image', 'media', 'author', 'footer']

/** The addresses of the pictures that a message shows. */
export function imageUrls(body: unknown, inPicture = false): readonly string[] {
  if (Array.isArray(body)) return body.flatMap((part) => imageUrls(part, inPicture))
  if (!isRecord(body)) return []
  return Object.entries(body).flatMap(([key, value]) =>
    typeof value === 'string'
      ? (inPicture && key === 'url') || key === 'icon_url'
        ? [value]
        : []
      : imageUrls(value, PICTURES.includes(key)),
  )
}

function valuesOf(part: unknown, wanted: (key: string) => boolean): readonly string[] {
  if (Array.isArray(part)) return part.flatMap((one) => valuesOf(one, wanted))
  if (!isRecord(part)) return []
  return Object.entries(part).flatMap(([key, value]) =>
    wanted(key) && typeof value === 'string' ? [value] : valuesOf(value, wanted),
  )
}
