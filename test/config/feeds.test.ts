import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseFeedsFile } from '../../src/edge/settings/feeds-file.ts'
import { describeProblems } from '../../src/edge/settings/yaml-file.ts'

const read = parseFeedsFile(readFileSync(new URL('../../config/feeds.yaml', import.meta.url), 'utf8'), 'feeds.yaml')
const feeds = read.kind === 'ok' ? read.value : []

test('the shipped file is read without a problem, and has what it promises', () => {
  expect(read.kind === 'broken' ? describeProblems('feeds.yaml', read.problems) : []).toEqual([])
  expect(feeds.length).toBeGreaterThanOrEqual(60)
  expect([...new Set(feeds.map(({ language }) => language))]).toEqual(
    expect.arrayContaining(['en', 'uk', 'ru', 'de', 'fr', 'es', 'pl', 'tr']),
  )
})

test('no state media of any country are on as shipped', () => {
  expect(feeds.filter(({ kind }) => kind === 'state media')).toEqual([])
})
