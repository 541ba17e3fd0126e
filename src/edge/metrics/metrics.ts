/** What Prometheus reads: counters, gauges and histograms in its text format (version 0.0.4). A library would bring two packages and 2 MB
 *  for these hundred lines. */

type Labels = Readonly<Record<string, string>>
type Gauge = Readonly<{ name: string; help: string; values: readonly Readonly<{ labels?: Labels; value: number }>[] }>
/** What is only known when somebody asks. */
export type Collector = () => Promise<readonly Gauge[]>

export type Metrics = Readonly<{
  count(name: string, labels: Labels): void
  /** Seconds. */
  observe(name: string, labels: Labels, seconds: number): void
  collect(collector: Collector): void
  /** A collector that breaks costs its own lines only. */
  text(): Promise<string>
}>

/** Every name that is counted or observed, with what it tells. */
const HELP: Readonly<Record<string, string>> = {
  pullquote_loop_steps_total: 'Steps of a loop, by whether there was work.',
  pullquote_loop_step_seconds: 'How long a step with work took.',
  pullquote_stage_seconds:
    'read: from the item first seen to its article kept. deliver: from the alert kept to its message posted.',
  pullquote_web_downloads_total: 'Downloads of feeds and pages, by how they ended.',
  pullquote_web_download_seconds: 'How long a download took.',
  pullquote_reader_jobs_total: 'Documents given to the child processes, by how that ended.',
  pullquote_reader_job_seconds: 'How long a document took to read.',
  pullquote_discord_requests_total: 'What we asked of Discord, by what it said.',
  pullquote_discord_request_seconds: 'How long Discord took to answer.',
}
/** From a cached answer to one that was given up; 2 and 10 s are what is promised of delivery. */
const BUCKETS_S = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300] as const
/** Labels are words of our own, never a stranger's: more series than this are a mistake. */
const SERIES_MAX = 1_000

type Histogram = { readonly labels: Labels; readonly buckets: number[]; sum: number; count: number }

export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, { labels: Labels; value: number }>>()
  const histograms = new Map<string, Map<string, Histogram>>()
  const collectors: Collector[] = []
  return {
    count(name, labels) {
      const series = seriesOf(counters, { name, labels }, () => ({ labels, value: 0 }))
      if (series) series.value++
    },
    observe(name, labels, seconds) {
      const made = (): Histogram => ({ labels, buckets: BUCKETS_S.map(() => 0), sum: 0, count: 0 })
      const series = seriesOf(histograms, { name, labels }, made)
      if (!series) return
      series.sum += seconds
      series.count++
      for (const [n, limit] of BUCKETS_S.entries())
        if (seconds <= limit) series.buckets[n] = (series.buckets[n] ?? 0) + 1
    },
    collect: (collector) => void collectors.push(collector),
    async text() {
      const gauges = await Promise.all(collectors.map((collector) => collector().catch(() => [])))
      const counted = [...counters].map(([name, series]) => {
        const lines = [...series.values()].map((one) => line(name, one.labels, one.value))
        return block({ name, type: 'counter' }, lines)
      })
      const observed = [...histograms].map(([name, series]) =>
        block(
          { name, type: 'histogram' },
          [...series.values()].flatMap((one) => histogramLines(name, one)),
        ),
      )
      const asked = gauges.flat().map(({ name, help, values }) => {
        const lines = values.map(({ labels = {}, value }) => line(name, labels, value))
        return block({ name, type: 'gauge', help }, lines)
      })
      return [...counted, ...observed, ...asked].join('')
    },
  }
}

type Named = Readonly<{ name: string; labels: Labels }>

function seriesOf<Series>(
  all: Map<string, Map<string, Series>>,
  { name, labels }: Named,
  make: () => Series,
): Series | undefined {
  const named = all.get(name) ?? new Map<string, Series>()
  all.set(name, named)
  const key = JSON.stringify(labels)
  const known = named.get(key)
  if (known || named.size >= SERIES_MAX) return known
  const made = make()
  named.set(key, made)
  return made
}

type Head = Readonly<{ name: string; type: string; help?: string }>

function block({ name, type, help = HELP[name] ?? '' }: Head, lines: readonly string[]): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

function histogramLines(name: string, { labels, buckets, sum, count }: Histogram): readonly string[] {
  return [
    ...BUCKETS_S.map((limit, n) => line(`${name}_bucket`, { ...labels, le: String(limit) }, buckets[n] ?? 0)),
    line(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ]
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
