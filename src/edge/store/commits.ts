/** Whose writes a commit holds: each of the store's methods by its name, before and after. Named only while somebody listens at points. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { DatabaseSync } from 'node:sqlite'
import { isListenedTo, point } from '../../flow/points.ts'

const callers = new AsyncLocalStorage<string>()

/** The methods themselves, where nobody listens.
 *  @param of - before each name */
export function named<Methods extends object>(methods: Methods, of = ''): Methods {
  if (!isListenedTo()) return methods
  const entries = Object.entries(methods).map(([name, method]) => [
    name,
    (...given: readonly unknown[]) =>
      callers.run(`${of}${name}`, () => (method as (...given: readonly unknown[]) => unknown)(...given)),
  ])
  return Object.fromEntries(entries) as Methods
}

/** To be asked where a write is asked for: a commit comes later, and with the writes of others. */
export function callerName(): string | undefined {
  return isListenedTo() ? callers.getStore() : undefined
}

/** @param names - whose writes these are */
export function commit(db: DatabaseSync, names: readonly (string | undefined)[] = []): void {
  for (const name of names) if (name !== undefined) point(`commit ${name} before`)
  db.exec('commit')
  for (const name of names) if (name !== undefined) point(`commit ${name} after`)
}
