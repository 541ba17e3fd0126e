import { describe, expect, it } from 'vitest'
import { commands } from '../../../src/commands.ts'
import { commandBodies } from '../../../src/edge/discord/register.ts'

/** Discord's own limits on a command (its documentation, "Application Commands"). */
describe('commands as Discord takes them', () => {
  const bodies = commandBodies(commands)
  const options = bodies.flatMap((body) => ('options' in body ? (body.options ?? []) : []))

  it('have names of lower case and descriptions of at most a hundred characters', () => {
    for (const body of bodies) if ('description' in body) expect(body.name).toMatch(/^[a-z-]{1,32}$/)
    for (const one of [...bodies, ...options])
      if ('description' in one) expect(one.description?.length).toBeLessThanOrEqual(100)
  })

  it('ask for Manage Guild where they change something, and only there', () => {
    const guarded = bodies
      .filter((body) => 'description' in body && body.default_member_permissions === '32')
      .map(({ name }) => name)
    expect(guarded).toEqual(['subscribe', 'unsubscribe', 'subscriptions'])
  })

  it('put required options first, and never both choices and autocomplete', () => {
    for (const body of bodies) {
      const own = 'options' in body ? (body.options ?? []) : []
      const lists = own.some((option) => option.type === 1)
        ? own.map((sub) => ('options' in sub ? (sub.options ?? []) : []))
        : [own]
      for (const list of lists) {
        const required = list.map((option) => option.required === true)
        expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)))
        for (const option of list)
          expect('choices' in option && 'autocomplete' in option && option.autocomplete).toBe(false)
      }
    }
  })

  it('have one in a message’s menu', () => {
    expect(bodies.filter((body) => body.type === 3).map(({ name }) => name)).toEqual(['Who said what'])
  })
})
