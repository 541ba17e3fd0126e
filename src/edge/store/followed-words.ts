/** The servers' own words that somebody follows, and what changed of them since. */
import { followedTopic } from '../../core/follow.ts'
import type { Subscription, Topic, TopicId } from '../../core/model.ts'
import type { FollowedWords } from '../../flow/ports/store.ts'
import { nounIn, readable } from './json.ts'
import type { Sql } from './sql.ts'

const REVISION_FACT = 'followed words'

export function followedRevision(sql: Sql): number {
  return Number(
    sql.first<{ value: string }>('select value from facts where name = :name', { name: REVISION_FACT })?.value ?? 0,
  )
}

function nextRevision(sql: Sql): number {
  sql.run(
    `insert into facts (name, value) values (:name, '1') on conflict (name) do update set value = cast(cast(value as integer) + 1 as text)`,
    { name: REVISION_FACT },
  )
  return followedRevision(sql)
}

/** Whether any server follows a topic of its own changed: its id is known as words for ever. */
export function noteWords(sql: Sql, { follows }: Subscription): void {
  for (const { id } of followedTopic(follows))
    sql.run(
      `insert into word_topics (topic_id, changed) values (:topic, :changed)
       on conflict (topic_id) do update set changed = excluded.changed`,
      { topic: id, changed: nextRevision(sql) },
    )
}

/** Before the subscriptions of a server go. */
export function noteServersWords(sql: Sql, serverId: string): void {
  sql.run(
    `update word_topics set changed = :changed where topic_id in
       (select substr(follow_key, 7) from subscriptions where server_id = :server and follow_key like 'topic:%')`,
    { server: serverId, changed: nextRevision(sql) },
  )
}

/** With thousands of servers, all of them take half a second to read; what changed is a row or two. */
export function followedWords(sql: Sql, since = -1): FollowedWords {
  const changed = sql.all<{ topic_id: TopicId; body: string | null }>(
    `select w.topic_id, (select s.body from subscriptions s where s.follow_key = 'topic:' || w.topic_id order by s.seq limit 1) body
     from word_topics w where w.changed > :since order by w.changed, w.topic_id`,
    { since },
  )
  const topics = readable(changed, ({ body }) => topicIn(body))
  const followed = new Set(topics.map(({ id }) => id))
  const gone = changed.map(({ topic_id }) => topic_id).filter((id) => !followed.has(id))
  return { topics, gone, revision: followedRevision(sql) }
}

function topicIn(body: string | null): Topic | undefined {
  const subscription = nounIn<Subscription>(body, 'id', 'target', 'follows')
  return subscription && followedTopic(subscription.follows)[0]
}
