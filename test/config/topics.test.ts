import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createMatcher, type Matcher } from '../../src/core/match.ts'
import { termWords } from '../../src/core/topic.ts'
import { parseTopicsFile } from '../../src/edge/settings/topics-file.ts'
import { describeProblems } from '../../src/edge/settings/yaml-file.ts'

const read = parseTopicsFile(readFileSync(new URL('../../config/topics.yaml', import.meta.url), 'utf8'), 'topics.yaml')
const topics = read.kind === 'ok' ? read.value : []
const matchers = new Map(topics.map((topic): [string, Matcher] => [topic.name, createMatcher([topic])]))

function matches(topic: string, text: string): boolean {
  const found = matchers.get(topic)?.match({ title: '', text, outlet: '', quotes: [] })
  if (!found) throw new Error(`no topic ${topic}`)
  return found.length > 0
}

test('the shipped file is read without a problem', () => {
  expect(read.kind === 'broken' ? describeProblems('topics.yaml', read.problems) : []).toEqual([])
  expect(topics.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['NATO', 'Ukraine', 'Russia', 'European Union']),
  )
})

test('no look-alike is a term itself: it would hide every mention', () => {
  for (const { name, any, lookalikes = [] } of topics) {
    const terms = new Set(any.map((term) => `${termWords(term).join(' ')}${term.kind === 'prefix' ? '*' : ''}`))
    const hidden = lookalikes.filter((term) => terms.has(termWords(term).join(' ')))
    expect(hidden, name).toEqual([])
  }
})

describe.each([
  [
    'NATO',
    [
      'Der Nato-Gipfel in Ankara begann am Dienstag.',
      'Szczyt NATO odbędzie się w lipcu.',
      'Natowskie myśliwce przechwyciły samolot.',
      "NATO'nun doğu kanadı güçleniyor.",
      'Los ministros de la OTAN se reunieron el lunes.',
      'Les ministres de l’Otan se sont réunis.',
      'Країни-члени НАТО домовилися.',
      'Натівські винищувачі піднялися.',
      'Натовские самолёты поднялись в воздух.',
      'Ministrowie państw Sojuszu Północnoatlantyckiego obradowali.',
      'A former N.A.T.O. commander retired.',
      'NATO LEADERS MEET IN THE HAGUE',
      'Follow the #NATO summit with us.',
      'NATO members adopted the NATO phonetic alphabet in 1956.',
      '北約外長會議',
    ],
    [
      'È nato a Roma nel 1950.',
      'Es un líder nato.',
      'Learn the NATO phonetic alphabet: Alfa, Bravo.',
      'A nylon NATO strap for your watch',
      'The rifle fires 7.62x51mm NATO rounds',
      'Сенатор выступил в сенате',
      'Донато Сартори выиграл',
      'Donato and Fortunato sang a serenata',
      'SEATO was dissolved in 1977.',
      'The detonator went to the coordinator.',
      'Cinemas: the National Association of Theatre Owners (NATO) reports full houses.',
    ],
  ],
  [
    'Ukraine',
    [
      'Le président ukrainien est à Paris.',
      'Ukraińscy żołnierze bronią miasta.',
      'Ukrayna’nın başkenti',
      'El ejército ucraniano avanzó.',
      'Київські посадовці зібралися.',
      'В Харькове раздались взрывы.',
      'Удар по Одессе',
      'Kyjiw meldet Angriffe.',
      'Rozmowy w Kijowie',
      'Drones hit Odesa overnight.',
      'A strike on Sumy',
      'Українськими військовими звільнено село.',
      "Kiev'de patlama",
      'Lwów pod ostrzałem',
      'UKRAINE WAR LATEST',
      'Der Ukrainekrieg dauert an.',
      'ЗСУ звільнили село.',
      'Chicken Kiev was on the menu in Kyiv.',
    ],
    [
      'Recipe: Chicken Kiev with garlic',
      'Chicken Kievs are in the freezer.',
      'He moved to Odessa, Texas.',
      'Der Krimi läuft um acht, die Kriminalität steigt.',
      'Soykırım anma günü',
      'Kırım Kongo Kanamalı Ateşi vakası',
      'Суми грошей немає, і суми боргу теж.'.toLowerCase(),
      'Котлета по-киевски',
      'Crimean-Congo haemorrhagic fever',
      'Поезд прибыл на Киевский вокзал.',
      'На окраине города',
      'Kraina lodu',
      'Dynamo Kyiv won the match.',
    ],
  ],
  [
    'European Union',
    ['The EU agreed.', 'L’UE sanctionne', 'ЄС схвалив пакет.', "AB'nin kararı"],
    ['J’ai eu peur.', 'Eu não sei.', 'Volvo AB'],
  ],
  [
    'United Nations',
    ['The UN chief spoke.', 'L’ONU et l’Onu', 'ООН'],
    ['Kim Jong Un', 'Un homme', 'UN HOMME EST MORT', 'Onu gördüm.'],
  ],
  [
    'United States',
    ['US troops', 'U.S. forces'],
    ['They told us so.', 'TELL US MORE ABOUT IT', 'Latin American music'],
  ],
  [
    'Gaza',
    ['Aid reached Gaza.', 'Помощь в Газе'],
    ['Цена газа выросла.', 'Газу стало меньше.', 'opatrunek z gaza', 'запах в газе'],
  ],
  ['Iran', ['Irán lanzó un satélite.', "İran'da seçim"], ['Los ministros irán a Madrid.']],
  ['Türkiye', ['Turkey voted.', 'В Турции'], ['Roast turkey for dinner', 'Cold turkey']],
  ['China', ['Chiny i Rosja', 'В Китае'], ['bone china', 'a blow under his chin']],
  [
    'Russia',
    ['До России далеко.', 'prorussische Separatisten'],
    ['Prussian blue', 'Belarusian dairy', 'белорусский сыр', 'montagnes russes'],
  ],
  ['Sanctions', ['нові санкції', 'The sanctions bite.'], ['Sin embargo, llovió.']],
  ['Nuclear', ['a nuclear plant', 'Ядерная программа'], ['a nuclear family']],
] as const)('%s', (topic, about, others) => {
  test.each(about)('is what this is about: %s', (text) => {
    expect(matches(topic, text)).toBe(true)
  })
  test.each(others)('is not what this is about: %s', (text) => {
    expect(matches(topic, text)).toBe(false)
  })
})
