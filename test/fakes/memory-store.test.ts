import { storeCases } from '../contract/store-cases.ts'
import { createMemoryStore } from './memory-store.ts'

storeCases('memory', async () => createMemoryStore())
