/** How near a message is to Discord's limits. Pure. */
import { type Json, recordOf, recordsOf, textOf } from './read.ts'

export type Gauge = Readonly<{ name: string; value: number; max: number }>

const V2 = 32_768

export function gauges(message: Json): readonly Gauge[] {
  const components = recordsOf(message['components'])
  const all = flat(components)
  if ((Number(message['flags'] ?? 0) & V2) !== 0) {
    const chars = all.reduce((sum, { type, content }) => sum + (type === 10 ? textOf(content).length : 0), 0)
    return [
      { name: 'text', value: chars, max: 4_000 },
      { name: 'components', value: all.length, max: 40 },
      { name: 'longest custom_id', value: longestId(all), max: 100 },
    ]
  }
  const embeds = recordsOf(message['embeds'])
  return [
    { name: 'content', value: textOf(message['content']).length, max: 2_000 },
    { name: 'embeds together', value: embeds.reduce((sum, embed) => sum + embedChars(embed), 0), max: 6_000 },
    { name: 'rows', value: components.length, max: 5 },
    { name: 'longest custom_id', value: longestId(all), max: 100 },
  ]
}

function flat(components: readonly Json[]): readonly Json[] {
  return components.flatMap((component) => [
    component,
    ...flat(recordsOf(component['components'])),
    ...('accessory' in component ? flat([recordOf(component['accessory'])]) : []),
  ])
}

const longestId = (all: readonly Json[]) => Math.max(0, ...all.map((one) => textOf(one['custom_id']).length))

function embedChars({ title, description, author, footer, fields }: Json): number {
  const texts = [title, description, recordOf(author)['name'], recordOf(footer)['text']]
  for (const field of recordsOf(fields)) texts.push(field['name'], field['value'])
  return texts.reduce<number>((sum, text) => sum + textOf(text).length, 0)
}
