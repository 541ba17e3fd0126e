/** The far side and the web, at a distance and with their faults as planned. */
import type { Chat, Web } from '../../src/flow/ports.ts'
import type { FakeChat } from '../fakes/chat.ts'
import type { EditFate, Event, FindFate, Plan } from './plan.ts'
import type { Press } from './press.ts'
import type { Time } from './time.ts'

/** What of a history the far side needs, and what it notes. */
type Weather = Readonly<{
  time: Time
  below(limit: number): number
  isCalm: boolean
  refused: Set<string>
  unedited: Set<string>
  unread: Set<string>
}>

type Fates = ReturnType<typeof fatesOf>
export function fatesOf({ events }: Plan) {
  const post = new Map<number, Extract<Event, { kind: 'post' }>['fate']>()
  const edit = new Map<number, EditFate>()
  const find = new Map<number, FindFate>()
  const web = new Map<number, Readonly<{ status?: number }>>()
  for (const event of events) {
    if (event.kind === 'post') post.set(event.nth, event.fate)
    if (event.kind === 'edit') edit.set(event.nth, event.fate)
    if (event.kind === 'find') find.set(event.nth, event.fate)
    if (event.kind === 'web') web.set(event.nth, event.status === undefined ? {} : { status: event.status })
  }
  return { post, edit, find, web, posts: 0, edits: 0, finds: 0, downloads: 0 }
}

/** The far side, at a distance: a request that left arrives, whether or not anybody is there for its answer. */
export function chatOf(far: FakeChat, fates: Fates, runOf: () => Weather): Chat {
  const back = () => runOf().time.sleep(20 + runOf().below(400))
  return {
    async post(posting, signal) {
      const run = runOf()
      const fate = (!run.isCalm && fates.post.get(fates.posts)) || { kind: 'ok' as const }
      fates.posts++
      if (fate.kind === 'says' && (fate.outcome.kind === 'held' || fate.outcome.kind === 'dead'))
        run.refused.add(posting.nonce)
      far.fates.push(fate)
      const outcome = await far.chat.post(posting, signal)
      await back()
      return outcome
    },
    async edit(message, payload, signal) {
      const run = runOf()
      const fate = run.isCalm ? undefined : fates.edit.get(fates.edits)
      fates.edits++
      if (fate?.kind === 'throws') throw new Error('a bug in the edge')
      if (fate?.kind === 'held' || fate?.kind === 'dead') run.unedited.add(message.messageId)
      if (fate && fate.kind !== 'lost') return fate
      const outcome = await far.chat.edit(message, payload, signal)
      await back()
      return fate ? { kind: 'notEdited', afterMs: 0, attempt: true, reason: 'reset' } : outcome
    },
    async find(lookup, signal) {
      const run = runOf()
      const fate = run.isCalm ? undefined : fates.find.get(fates.finds)
      fates.finds++
      if (fate?.kind === 'throws') throw new Error('a bug in the edge')
      if (fate?.kind === 'blind') run.refused.add(lookup.nonce)
      if (fate) return fate
      const found = await far.chat.find(lookup, signal)
      await back()
      return found
    },
    history: far.chat.history,
    check: far.chat.check,
  }
}

export function webOf(press: Press, fates: Fates, runOf: () => Weather): Web {
  return {
    async download(request) {
      const run = runOf()
      const fault = run.isCalm ? undefined : fates.web.get(fates.downloads++)
      if (fault) run.unread.add(request.url)
      return fault ? { kind: 'failed', reason: fault.status ? 'status' : 'timeout', ...fault } : press.answer(request)
    },
  }
}
