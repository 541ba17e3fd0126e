/** Settings: `config/settings.yaml` checked by zod, overridden and completed by the environment; read once, frozen. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { FeedSource, Topic } from '../../core/model.ts'
import { LOG_LEVELS } from '../../flow/ports.ts'
import { parseFeedsFile } from './feeds-file.ts'
import { readSummaryEndpoint, type SummaryEndpoint } from './summary-endpoint.ts'
import { parseTopicsFile } from './topics-file.ts'
import { describeProblems, type FileProblem, parseYamlFile } from './yaml-file.ts'

const minutes = z.number().int().min(1).max(1_440)
/** Every key of settings.yaml; the comments with units stand in the file itself. */
const fileSchema = z.strictObject({
  feeds: z
    .strictObject({
      intervalMinutes: minutes.default(5),
      perServerMax: z.number().int().min(0).max(10_000).default(100),
      hostGapMs: z.number().int().min(0).max(60_000).default(1_000),
    })
    .prefault({}),
  subscriptions: z
    .strictObject({
      perServerMax: z.number().int().min(1).max(10_000).default(200),
      cardsPerDayMax: z.number().int().min(1).max(1_000).default(50),
    })
    .prefault({}),
  backups: z
    .strictObject({
      daily: z.number().int().min(0).max(365).default(7),
      weekly: z.number().int().min(0).max(260).default(4),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      timeShare: z.number().min(0.001).max(1).default(1),
      keepDays: z.number().int().min(30).max(3_650).default(90),
    })
    .prefault({}),
  articles: z.strictObject({ keepDays: z.number().int().min(1).max(3_650).default(90) }).prefault({}),
  web: z
    .strictObject({
      contact: z.string().max(200).default(''),
      robots: z.boolean().default(true),
      publicUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]).default(''),
      publicHost: z.string().min(1).max(253).default('127.0.0.1'),
      publicPort: z.number().int().min(0).max(65_535).default(8_090),
      allowProxy: z.boolean().default(false),
    })
    .prefault({}),
  reader: z
    .strictObject({
      children: z.number().int().min(1).max(16).default(2),
      timeoutMs: z.number().int().min(100).max(60_000).default(2_000),
      oldSpaceMb: z.number().int().min(64).max(4_096).default(192),
      rssMaxMb: z.number().int().min(128).max(8_192).default(320),
    })
    .prefault({}),
  summary: z.strictObject({ timeoutMs: z.number().int().min(500).max(60_000).default(8_000) }).prefault({}),
  logs: z.strictObject({ level: z.enum(LOG_LEVELS).default('info') }).prefault({}),
})
type FileSettings = z.infer<typeof fileSchema>

export type Settings = Readonly<
  FileSettings & {
    configDir: string
    dataDir: string
    backupDir: string
    /** Undefined where nobody asked for one: the default, or the next free port. */
    previewPort: number | undefined
    /** Where /health and /ready answer; nowhere when it is not set. */
    statusPort: number | undefined
    allowPrivate: readonly string[]
    discord: Readonly<{ token: string; apiUrl: string | undefined }> | undefined
    /** Where a model may rewrite summaries. */
    summaryEndpoint: SummaryEndpoint | undefined
    /** Values that no log line may hold. */
    secrets: readonly string[]
    sources: readonly FeedSource[]
    topics: readonly Topic[]
  }
>
export type SettingsRead = Readonly<{ kind: 'ok'; settings: Settings } | { kind: 'broken'; lines: readonly string[] }>

/** @param env - the process's environment
 *  @param root - the package's folder: `config/` stands there unless CONFIG_DIR says otherwise */
export function readSettings(env: Readonly<Record<string, string | undefined>>, root: string): SettingsRead {
  const configDir = env['CONFIG_DIR'] || path.join(root, 'config')
  const lines: string[] = []
  const settingsFile = readFile(configDir, 'settings.yaml', lines)
  const file = taken(
    'settings.yaml',
    settingsFile.trim() === ''
      ? { kind: 'ok', value: fileSchema.parse({}) }
      : parseYamlFile(settingsFile, fileSchema, path.join(configDir, 'settings.yaml')),
    lines,
  )
  const sources = taken(
    'feeds.yaml',
    parseFeedsFile(readFile(configDir, 'feeds.yaml', lines), path.join(configDir, 'feeds.yaml')),
    lines,
  )
  const topics = taken(
    'topics.yaml',
    parseTopicsFile(readFile(configDir, 'topics.yaml', lines), path.join(configDir, 'topics.yaml')),
    lines,
  )
  const level = env['LOG_LEVEL'] || file?.logs.level || 'info'
  const knownLevel = LOG_LEVELS.find((one) => one === level)
  if (!knownLevel) lines.push(`LOG_LEVEL is "${level}". Use one of ${LOG_LEVELS.join(', ')}.`)
  const dataDir = path.resolve(env['DATA_DIR'] || path.join(root, 'data'))
  const previewPort = readPort('PREVIEW_PORT', env, lines)
  const statusPort = readPort('STATUS_PORT', env, lines)
  const discord = readDiscord(env, lines)
  const summaryEndpoint = readSummaryEndpoint(env, lines)
  if (lines.length > 0 || !file || !sources || !topics || !knownLevel) return { kind: 'broken', lines }
  return {
    kind: 'ok',
    settings: {
      ...file,
      logs: { level: knownLevel },
      dataDir,
      backupDir: path.resolve(env['BACKUP_DIR'] || path.join(dataDir, 'backups')),
      configDir,
      previewPort,
      statusPort,
      allowPrivate: (env['ALLOW_PRIVATE_ADDRESSES'] ?? '').split(/[\s,]+/).filter(Boolean),
      discord,
      summaryEndpoint,
      secrets: [discord?.token, summaryEndpoint?.key].filter((secret) => secret !== undefined),
      sources,
      topics,
    },
  }
}

function taken<Value>(
  name: string,
  read: Readonly<{ kind: 'ok'; value: Value } | { kind: 'broken'; problems: readonly FileProblem[] }>,
  lines: string[],
): Value | undefined {
  if (read.kind === 'ok') return read.value
  lines.push(...describeProblems(name, read.problems))
  return undefined
}

/** A missing settings.yaml means its defaults; a missing list of feeds or topics is an error of the operator's. */
function readFile(folder: string, name: string, lines: string[]): string {
  try {
    return readFileSync(path.join(folder, name), 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!(missing && name === 'settings.yaml'))
      lines.push(
        `Cannot read ${path.join(folder, name)}: ${missing ? 'there is no such file' : String(error)}. Restore it from the repository, or set CONFIG_DIR.`,
      )
    return ''
  }
}

function readPort(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  lines: string[],
): number | undefined {
  const text = env[name]
  if (!text) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  lines.push(`${name} is "${text}". Use a whole number from 1 to 65535, or leave it out.`)
  return undefined
}

function readDiscord(env: Readonly<Record<string, string | undefined>>, lines: string[]): Settings['discord'] {
  const file = env['DISCORD_TOKEN_FILE']
  let token = env['DISCORD_TOKEN']?.trim() ?? ''
  if (!token && file) {
    try {
      token = readFileSync(file, 'utf8').trim()
      if (!token) lines.push(`DISCORD_TOKEN_FILE names an empty file: ${file}. Write the bot's token into it.`)
    } catch {
      lines.push(`Cannot read the file that DISCORD_TOKEN_FILE names: ${file}. Check its path and rights.`)
    }
  }
  if (!token) return undefined
  const apiUrl = env['DISCORD_API_URL']
  if (apiUrl && !/^https?:\/\/[^/]+(\/.*[^/])?$/.test(apiUrl))
    lines.push(
      `DISCORD_API_URL is "${apiUrl}". Use an http(s) address without a slash at its end, such as http://127.0.0.1:4000/api.`,
    )
  return { token, apiUrl: apiUrl || undefined }
}
