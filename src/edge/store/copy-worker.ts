/** Makes one copy in a thread of its own, and tells what went wrong, or nothing. */
import { parentPort, workerData } from 'node:worker_threads'
import { type Copying, copyDatabase } from './copy.ts'

try {
  copyDatabase(workerData as Copying)
  parentPort?.postMessage('')
} catch (error) {
  parentPort?.postMessage(error instanceof Error ? error.message : String(error))
}
