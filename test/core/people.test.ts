import { describe, expect, it } from 'vitest'
import { isNamed, oneAPerson, personKey } from '../../src/core/people.ts'

// Invented people, each as several languages would write the name.
describe('one person', () => {
  it.each<readonly string[]>([
    ['Олена Шевчук', 'Olena Shevchuk', 'Елена Шевчук', 'Ołena Szewczuk', 'Olena Schewtschuk', 'OLENA SHEVCHUK'],
    [
      'Володимир Бережанський',
      'Volodymyr Berezhansky',
      'Volodymyr Berezhanskyy',
      'Владимир Бережанский',
      'Wolodymyr Bereschanskyj',
      'Wołodymyr Bereżański',
    ],
    ['Дмитро Кравчук', 'Dmytro Kravchuk', 'Дмитрий Кравчук', 'Dmytro Krawtschuk', 'Dmitri Kravtchouk'],
    ['Євген Щербак', 'Yevhen Shcherbak', 'Evgeny Shcherbak', 'Jewhen Schtscherbak'],
    ['Сергій Жадько', 'Serhiy Zhadko', 'Сергей Жадько', 'Sergey Zhadko'],
    ['Микола Хоменко', 'Mykola Khomenko', 'Николай Хоменко', 'Nikolai Homenko'],
    ['Çağla Eroğlu', 'Cagla Eroglu'],
    ['José Núñez', 'Jose Nunez'],
    ['Ana B. Sol', 'Ana Sol'],
  ])('%s has one key in every spelling', (...names) => {
    expect(new Set(names.map(personKey)).size).toBe(1)
  })

  it.each([
    ['Олена Шевчук', 'Олег Шевчук'],
    ['Євген Щербак', 'Євгенія Щербак'],
    ['Olena Shevchuk', 'Olena Shevchenko'],
    ['Ana Sol', 'Ana Sola'],
    ['Jon Beck', 'Jan Beck'],
    ['山田太郎', '山田次郎'],
    ['Sol', 'Ana Sol'],
  ])('%s and %s are two', (one, other) => {
    expect(personKey(one)).not.toBe(personKey(other))
  })

  it.each([
    ['Olena Shevchuk', 'шевч', true],
    ['Олена Шевчук', 'shevchuk', true],
    ['Олена Шевчук', 'olena sh', true],
    ['Olena Shevchuk', 'vchu', true],
    ['Olena Shevchuk', '', true],
    ['Olena Shevchuk', 'бере', false],
    ['Olena Shevchuk', 'ев', false],
  ])('%s is meant by "%s": %s', (name, typed, expected) => {
    expect(isNamed(name, typed)).toBe(expected)
  })

  it('is one row, by the spelling that was typed', () => {
    const spellings = ['Olena Shevchuk', 'Олена Шевчук', 'Jon Beck'].map((name, n) => ({
      name,
      count: 3 - n,
      person: personKey(name),
    }))
    expect(oneAPerson(spellings, 'шев')[0]).toEqual({ name: 'Олена Шевчук', quotes: 5 })
    expect(oneAPerson(spellings, '')).toEqual([
      { name: 'Olena Shevchuk', quotes: 5 },
      { name: 'Jon Beck', quotes: 1 },
    ])
  })
}) // prettier-ignore
