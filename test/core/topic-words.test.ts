import { describe, expect, it } from 'vitest'
import { parseTopic } from '../../src/core/topic.ts'
import { topicWords } from '../../src/core/topic-words.ts'

const topicOf = (typed: string) => {
  const parsed = parseTopic(typed)
  if (parsed.kind !== 'topic') throw new Error(`"${typed}" is no topic`)
  return parsed.topic
}

describe('topicWords', () => {
  it.each([
    'fog, ice',
    'fog, +ice, -hockey',
    '"air defence", sanction*, WHO',
    '"rain, or shine", "a -b", "speaker: nobody"',
    'speaker:"Ilse Varga", fog',
    'source:tide, +source:lamp, -source:"The Post", fog',
    'C++, C#, l’OTAN',
    '/ice(berg)?s?/i, -/fog{2}/',
    '"air defen"*, 東京, Київ*',
    `${Array.from({ length: 25 }, (_, n) => `"${'long keyword '.repeat(7)}${n}"`).join(', ')}`,
  ])('writes %s so that it is read as the same terms', (typed) => {
    const topic = topicOf(typed)
    const again = topicOf(topicWords(topic))
    expect(again).toEqual({ ...topic, name: again.name })
  })

  it('writes what people write', () => {
    expect(topicWords(topicOf('fog,+ice ,  -hockey\n"air defence" sanction*'))).toBe(
      'fog, air defence, sanction*, +ice, -hockey',
    )
  })
})
