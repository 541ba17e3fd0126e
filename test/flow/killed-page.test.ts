import { resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createReader } from '../../src/edge/reader/reader.ts'
import { followed, lark, page, publish, TEXT } from './news.ts'
import { MINUTE, useStage } from './stage.ts'

/** Real children, which real pages kill: nothing here is played but the web and Discord. */
const stage = useStage()
let children: ReturnType<typeof createReader>
beforeAll(() => {
  children = createReader({ entry: resolve(import.meta.dirname, '../edge/reader/killed-by-page-child.ts') })
})
beforeEach(() => {
  stage.children = children
})
afterAll(() => children.close())

it.each([
  ['loop', /too slow/],
  ['objects', /too (?:large|slow)/], // on a busy machine the time is up first
  ['exit', /crashed/],
  ['abort', /too large/], // a signal that V8 raises when its memory is full
])('a page that wins by %s costs its text, never its alert, and the next page is read', async (how, reason) => {
  await followed(stage, 'tide')
  await stage.subscribe('a')
  const summary = 'The feed said this of the ferry.'
  publish(stage, 'tide', [
    { name: 'bad', at: stage.now, title: 'The ferry is late', summary },
    lark(stage, { at: stage.now - MINUTE }),
  ])
  stage.strings.set('tide.example/bad', page('A page', [`This page wins by ${how} over its reader.`]))
  stage.strings.set('tide.example/lark', page('Ferry aground', TEXT))
  await stage.after(6 * MINUTE)
  const shown = stage.shown().join('\n')
  expect(shown).toContain('The ferry is late')
  expect(shown).toContain(summary)
  expect(shown).toContain('Ingrid Aalto')
  expect(stage.logged).toContainEqual(
    expect.objectContaining({ event: 'reading lost', reason: expect.stringMatching(reason) }),
  )
})
