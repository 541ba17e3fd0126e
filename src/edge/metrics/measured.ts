/** Ports that are measured as they are used: whoever uses them knows nothing of it. */
import type { Store } from '../../flow/ports/store.ts'
import type { Chat, Now, Reader, Web } from '../../flow/ports.ts'
import type { Metrics } from './metrics.ts'

type Clocks = Readonly<{
  metrics: Metrics
  /** Milliseconds that only ever grow. */
  elapsed(): number
  now: Now
}>

type Measuring<Answer> = Readonly<{
  /** Name before `_total` and `_seconds`. */
  requests: string
  seconds: string
  labels: Readonly<Record<string, string>>
  outcome(answer: Answer): string
}>

async function measured<Answer>(
  ask: () => Promise<Answer>,
  { requests, seconds, labels, outcome }: Measuring<Answer>,
  { metrics, elapsed }: Clocks,
): Promise<Answer> {
  const startedAt = elapsed()
  let said = 'threw'
  try {
    const answer = await ask()
    said = outcome(answer)
    return answer
  } finally {
    metrics.count(requests, { ...labels, outcome: said })
    metrics.observe(seconds, labels, (elapsed() - startedAt) / 1_000)
  }
}

export function measuredChat(chat: Chat, clocks: Clocks): Chat {
  const ask = <Answer extends Readonly<{ kind: string }>>(call: string, run: () => Promise<Answer>): Promise<Answer> =>
    measured(
      run,
      {
        requests: 'pullquote_discord_requests_total',
        seconds: 'pullquote_discord_request_seconds',
        labels: { call },
        outcome: ({ kind }) => kind,
      },
      clocks,
    )
  return {
    post: (posting, signal) => ask('post', () => chat.post(posting, signal)),
    edit: (message, payload, signal) => ask('edit', () => chat.edit(message, payload, signal)),
    find: (lookup, signal) => ask('find', () => chat.find(lookup, signal)),
    history: (lookup, signal) => ask('history', () => chat.history(lookup, signal)),
    check: (target, signal) => ask('check', () => chat.check(target, signal)),
  }
}

export function measuredWeb<Guarded extends Web>(web: Guarded, clocks: Clocks): Guarded {
  return {
    ...web,
    download: (request: Parameters<Web['download']>[0], signal: AbortSignal) =>
      measured(
        () => web.download(request, signal),
        {
          requests: 'pullquote_web_downloads_total',
          seconds: 'pullquote_web_download_seconds',
          labels: { kind: request.kind },
          outcome: (got) => ('reason' in got ? got.reason : got.kind),
        },
        clocks,
      ),
  }
}

export function measuredReader<Crew extends Reader>(reader: Crew, clocks: Clocks): Crew {
  const job = <Answer extends Readonly<{ kind: string }>>(name: string, run: () => Promise<Answer>): Promise<Answer> =>
    measured(
      run,
      {
        requests: 'pullquote_reader_jobs_total',
        seconds: 'pullquote_reader_job_seconds',
        labels: { job: name },
        outcome: (end) => ('reason' in end && end.kind === 'lost' ? String(end.reason) : end.kind),
      },
      clocks,
    )
  const readers: Reader = {
    ...reader,
    readFeed: (document, signal) => job('feed', () => reader.readFeed(document, signal)),
    readArticle: (reading, signal) => job('article', () => reader.readArticle(reading, signal)),
  }
  return { ...reader, ...readers }
}

/** How long news takes, by stage: both ends are moments that the store keeps. */
export function measuredStore(store: Store, { metrics, now }: Clocks): Store {
  const stage = (name: string, sinceAt: number): void =>
    metrics.observe('pullquote_stage_seconds', { stage: name }, Math.max(0, now() - sinceAt) / 1_000)
  return {
    ...store,
    async keepArticle(claimed, keeping, at) {
      const kept = await store.keepArticle(claimed, keeping, at)
      // A silent one waits for whoever has nothing better to do.
      if (kept.kind === 'kept' && claimed.work.admission.kind !== 'silent') stage('read', claimed.work.firstSeenAt)
      return kept
    },
    async saveDelivery(claimed, next, done) {
      const saved = await store.saveDelivery(claimed, next, done)
      if (saved === 'saved' && next.state === 'sent' && claimed.work.state !== 'sent') stage('deliver', next.createdAt)
      return saved
    },
  }
}
