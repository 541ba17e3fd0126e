/** The tables, as migrations by name. A migration that was ever released is never changed: a new one follows it. */

import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { followKey } from '../../core/follow.ts'
import { personKey } from '../../core/people.ts'

/** Names sort in the order of their making. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first': { up: (db) => runAll(db, FIRST) },
  '0002-restores': { up: (db) => runAll(db, RESTORES) },
  '0003-changed-words': { up: (db) => runAll(db, CHANGED_WORDS) },
  '0004-journal': { up: (db) => runAll(db, JOURNAL) },
  '0005-sweeping': { up: (db) => runAll(db, SWEEPING) },
  '0006-people': { up: (db) => peopleOf(db) },
  '0007-listings': { up: (db) => runAll(db, LISTINGS) },
  '0008-followed-people': { up: (db) => followedPeople(db) },
  '0009-fewer-writes': { up: (db) => runAll(db, FEWER_WRITES) },
  '0010-waiting-ids': { up: (db) => runAll(db, WAITING_IDS) },
}

async function runAll(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Whose name each spelling of a speaker is. */
async function peopleOf(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table speakers add column person text not null default ''").execute(db)
  await sql.raw('create index speakers_person on speakers (person)').execute(db)
  const { rows } = await sql.raw<{ speaker: string; name: string }>('select speaker, name from speakers').execute(db)
  for (const { speaker, name } of rows)
    await sql`update speakers set person = ${personKey(name)} where speaker = ${speaker}`.execute(db)
}

/** Speakers were followed by spelling. Who follows two spellings of one person in one place has them under one already. */
async function followedPeople(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql
    .raw<{ id: string; name: string | null }>(
      `select id, case when json_valid(body) then json_extract(body, '$.follows.name') end name from subscriptions
       where follow_key like 'speaker:%'`,
    )
    .execute(db)
  for (const { id, name } of rows) {
    const key = followKey({ kind: 'speaker', name: name ?? '' })
    if (name !== null) await sql`update or ignore subscriptions set follow_key = ${key} where id = ${id}`.execute(db)
  }
}

const HOUSE = [
  // One row. `opens` grows at every start and `copied_at` is set in a backup: by both a restored backup gives itself away.
  `create table identity (one integer primary key check (one = 1), id text not null, made_at integer not null,
    opens integer not null, copied_at integer) strict`,
  `create table facts (name text primary key, value text not null) strict, without rowid`,
  `create table servers (id text primary key, joined_at integer not null, left_at integer) strict, without rowid`,
  `create table cache (key text primary key, value text not null, expires_at integer not null) strict, without rowid`,
  `create index cache_expires on cache (expires_at)`,
]

const FEEDS = [
  // `listed`: stands in config/ now. `config_url` is the address there, while the body's may have moved since.
  `create table feeds (id text primary key, body text not null, listed integer not null default 0, config_url text,
    next_poll_at integer not null, failures integer not null default 0, left_at integer, lease text, lease_until integer) strict, without rowid`,
  `create index feeds_due on feeds (next_poll_at)`,
  `create table feed_servers (feed_id text not null, server_id text not null, person_id text not null, added_at integer not null,
    primary key (feed_id, server_id)) strict, without rowid`,
  `create index feed_servers_server on feed_servers (server_id)`,
  // What a feed ever listed: the body until it is read, the rest until 30 days after it left the feed.
  `create table items (seq integer primary key autoincrement, id text not null unique, feed_id text not null, key text not null,
    text_hash text not null, state text not null, admission text, body text, host text not null default '',
    first_seen_at integer not null, published_at integer not null, left_at integer, article_id text,
    read_at integer not null default 0, attempts integer not null default 0, rereads integer not null default 0,
    lease text, lease_until integer, unique (feed_id, key)) strict`,
  `create index items_waiting on items (first_seen_at, published_at, seq) where state = 'waiting'`,
  `create index items_listed on items (feed_id) where left_at is null`,
  `create index items_left on items (left_at) where left_at is not null`,
  `create table item_aliases (feed_id text not null, alias text not null, seq integer not null, primary key (feed_id, alias)) strict, without rowid`,
  `create index item_aliases_seq on item_aliases (seq)`,
]

const NEWS = [
  `create table stories (id text primary key, revision integer not null, first_at integer not null, last_at integer not null) strict, without rowid`,
  `create index stories_last on stories (last_at)`,
  // `n` is the order of arrival, and the row of the search index. `body` is the article without its text and its quotes' texts.
  `create table articles (n integer primary key autoincrement, id text not null unique, story_id text not null, common integer not null,
    arrived_at integer not null, title text not null, text text not null, body text not null) strict`,
  `create index articles_story on articles (story_id, n)`,
  `create index articles_arrived on articles (arrived_at)`,
  `create index articles_common on articles (common, n)`,
  // `common` as it was when the feed brought the article: a feed no longer listed keeps what it gave to everyone.
  `create table article_feeds (n integer not null, feed_id text not null, common integer not null, primary key (n, feed_id)) strict, without rowid`,
  `create index article_feeds_feed on article_feeds (feed_id, n)`,
  `create table article_terms (term text not null, n integer not null, primary key (term, n)) strict, without rowid`,
  // In how many articles a term stands; the row '' counts the articles themselves.
  `create table term_counts (term text primary key, articles integer not null) strict, without rowid`,
  `create table article_matches (n integer not null, topic_id text not null, terms text not null, sentence text not null,
    primary key (n, topic_id)) strict, without rowid`,
  `create index article_matches_topic on article_matches (topic_id, n)`,
  // Quotes whose speaker is known.
  `create table quotes (n integer not null, start integer not null, hash text not null, speaker text not null, primary key (n, start)) strict, without rowid`,
  `create index quotes_speaker on quotes (speaker, n)`,
  `create table speakers (speaker text primary key, name text not null, quotes integer not null) strict, without rowid`,
  `create table hidden_quotes (n integer not null, server_id text not null, hash text not null, person_id text not null, at integer not null,
    primary key (n, server_id, hash)) strict, without rowid`,
  // Fed with words.ts's normal form: the tokenizer only has to part words at spaces, and keeps marks and the signs of "c++" and "c#".
  `create virtual table search using fts5(title, text, speakers, content='', contentless_delete=1, prefix='2 3 4',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* S* Co' tokenchars '+#'''")`,
]

const TALK = [
  `create table subscriptions (seq integer primary key autoincrement, id text not null unique, server_id text not null, target text not null,
    follow_key text not null, paused integer not null, body text not null, unique (target, follow_key)) strict`,
  `create index subscriptions_server on subscriptions (server_id)`,
  `create index subscriptions_follow on subscriptions (follow_key)`,
  // Ids of topics that are some server's own words, for ever: only servers that follow them may see such a match.
  `create table word_topics (topic_id text primary key) strict, without rowid`,
  `create table mutes (server_id text not null, channel_id text not null, what text not null, until_at integer not null, body text not null,
    primary key (server_id, channel_id, what)) strict, without rowid`,
  // `wanted`, `due_at` and `digest_id` are the truth where the body says otherwise. due_at: queued dueAt, sending leaseUntil,
  // unsure checkAt, sent editAt, folded digestAt.
  `create table deliveries (seq integer primary key autoincrement, id text not null unique, target text not null, subject text not null,
    part integer not null, server_id text not null, channel_id text, story_id text, state text not null, due_at integer not null,
    wanted integer not null, shown integer not null, digest_id text, digest_for text, created_at integer not null, seen_at integer,
    sent_at integer, body text not null, unique (target, subject, part)) strict`,
  `create index deliveries_waiting on deliveries (target, seq) where state in ('queued', 'sending', 'unsure')`,
  `create index deliveries_edits on deliveries (target, due_at) where state = 'sent' and wanted > shown`,
  `create index deliveries_folded on deliveries (due_at) where state = 'folded' and digest_id is null`,
  `create index deliveries_digest on deliveries (digest_id) where digest_id is not null`,
  `create index deliveries_story on deliveries (story_id) where story_id is not null`,
  `create index deliveries_state on deliveries (state, sent_at)`,
  `create index deliveries_server on deliveries (server_id)`,
  `create table delivery_subscriptions (subscription_id text not null, seq integer not null, primary key (subscription_id, seq)) strict, without rowid`,
  `create index delivery_subscriptions_seq on delivery_subscriptions (seq)`,
  // `due_at`: when the lane's head or its next edit is due. `served_at` lets lanes take turns.
  `create table lanes (target text primary key, due_at integer, served_at integer not null default 0, lease text, lease_until integer) strict, without rowid`,
  `create index lanes_due on lanes (due_at)`,
]

const FIRST = [...HOUSE, ...FEEDS, ...NEWS, ...TALK]

const RESTORES = [
  // One row each time that an older copy of the database took its place, at `at`: it knows nothing of what was done from `since` on.
  // `after_id`: the message after which channels are read back.
  `create table restores (generation integer primary key autoincrement, since integer not null, at integer not null,
    after_id text not null) strict`,
  // `generation`: the last of these up to which the lane's channel was read back; `read_to`, `read_due_at`: how far, and when again.
  `alter table lanes add column generation integer not null default 0`,
  `alter table lanes add column read_to text`,
  `alter table lanes add column read_due_at integer not null default 0`,
  `alter table lanes add column read_attempts integer not null default 0`,
  // What was found on the far side: deliveries of these ids are never sent again, should they be planned anew. `digest_id`: for a story
  // that a list has, whose id is its target and its link's mark.
  `create table posted (id text primary key, channel_id text not null, message_id text not null, digest_id text, at integer not null) strict, without rowid`,
]

/** By which number of `followed words` a server's own words last began or ceased to be followed. */
const CHANGED_WORDS = [
  'alter table word_topics add column changed integer not null default 0',
  'create index word_topics_changed on word_topics (changed)',
]

const JOURNAL = [
  // What was seen for whom, written down apart from its delivery. `said`: planned, muted, withdrawn.
  `create table journal (target text not null, subject text not null, part integer not null, at integer not null, server_id text not null,
    channel_id text, said text not null, reason text not null, primary key (target, subject, part)) strict, without rowid`,
  `create index journal_at on journal (at)`,
  `create index journal_server on journal (server_id, at)`,
  `insert into journal select target, subject, part, created_at, server_id, channel_id, 'planned', '' from deliveries
     where not (subject >= 'digest:' and subject < 'digest;')`,
]

/** What is past its keeping is found without looking at what is not. */
const SWEEPING = [
  'create index deliveries_created on deliveries (created_at)',
  "create index term_counts_gone on term_counts (term) where articles <= 0 and term <> ''",
]

const LISTINGS = [
  // What a feed's last document listed, so that the next poll reads only what is new in it. It can be made again.
  'create table feed_listings (feed_id text primary key, body text not null) strict, without rowid',
]

/** What every poll wrote to, a page each, and hardly anybody read: what is due is known in memory, and what left a feed by its listing. An item's
 *  other names stand with it, since they are asked for when a feed changed all its keys, and then all at once. A listing fills a page. */
const FEWER_WRITES = [
  'drop index feeds_due',
  'drop index items_listed',
  'alter table items add column aliases text',
  `update items set aliases = (select json_group_array(a.alias) from item_aliases a where a.seq = items.seq and a.alias <> items.key)`,
  'drop table item_aliases',
  'drop table feed_listings',
  'create table feed_listings (feed_id text primary key, body text not null) strict',
]

/** By its id an item is asked for only while it waits. An index of all ids cost every new item a page somewhere among them; that an item is
 *  there once is said by its feed and key. */
const WAITING_IDS = [
  `create table waiting_ids_items (seq integer primary key autoincrement, id text not null, feed_id text not null, key text not null,
    aliases text, text_hash text not null, state text not null, admission text, body text, host text not null default '',
    first_seen_at integer not null, published_at integer not null, left_at integer, article_id text,
    read_at integer not null default 0, attempts integer not null default 0, rereads integer not null default 0,
    lease text, lease_until integer, unique (feed_id, key)) strict`,
  `insert into waiting_ids_items (seq, id, feed_id, key, aliases, text_hash, state, admission, body, host, first_seen_at, published_at,
     left_at, article_id, read_at, attempts, rereads, lease, lease_until)
   select seq, id, feed_id, key, aliases, text_hash, state, admission, body, host, first_seen_at, published_at,
     left_at, article_id, read_at, attempts, rereads, lease, lease_until from items`,
  'drop table items',
  'alter table waiting_ids_items rename to items',
  `create index items_waiting on items (first_seen_at, published_at, seq) where state = 'waiting'`,
  `create unique index items_waiting_id on items (id) where state = 'waiting'`,
  `create index items_left on items (left_at) where left_at is not null`,
]
