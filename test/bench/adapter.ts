/** Answers the six tasks of the readers' scorer with the bot's own functions: JSON lines in, JSON lines out, in order.
 *  Usage: node test/bench/adapter.ts feeds|pages|quotes|summary|match|stories */
type Answerer = { answer(question: Question): Promise<object> | object }
export type Question = Readonly<{ id: string; [field: string]: unknown }>

const TASKS: Readonly<Record<string, () => Promise<Answerer>>> = {
  feeds: () => import('./adapter/feeds.ts'),
  pages: () => import('./adapter/pages.ts'),
  quotes: () => import('./adapter/quotes.ts'),
  summary: () => import('./adapter/summary.ts'),
  match: () => import('./adapter/match.ts'),
  stories: () => import('./adapter/stories.ts'),
}

const load = TASKS[process.argv[2] ?? '']
if (!load) {
  console.error(`usage: adapter.ts ${Object.keys(TASKS).join('|')}`)
  process.exit(2)
}
const { answer } = await load()

// Not node:readline: it also ends a line at U+2028, which may stand inside a JSON string.
let rest = ''
for await (const chunk of process.stdin.setEncoding('utf8')) {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) if (line) process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line)))}\n`)
}

async function answerTo(question: Question): Promise<object> {
  return { id: question.id, ...(await answer(question)) }
}
