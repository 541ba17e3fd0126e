/** The moment at which a request's first byte goes out, as undici tells it: between the asking and that lies the making of a connection. */
import { AsyncLocalStorage } from 'node:async_hooks'
import diagnostics from 'node:diagnostics_channel'

const asking = new AsyncLocalStorage<() => void>()
const waiting = new WeakMap<object, () => void>()

diagnostics.subscribe('undici:request:create', (message) => {
  const left = asking.getStore()
  if (left) waiting.set((message as Made).request, left)
})
diagnostics.subscribe('undici:client:sendHeaders', (message) => waiting.get((message as Made).request)?.())

type Made = Readonly<{ request: object }>

/** @param left - called when the request that `run` makes leaves; once it is over, at the latest */
export async function leaving<Answer>(run: () => Promise<Answer>, left: () => void): Promise<Answer> {
  try {
    return await asking.run(left, run)
  } finally {
    left()
  }
}
