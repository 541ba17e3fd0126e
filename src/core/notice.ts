/** Messages that no story asked for: a feed's trouble, a test card, the first hello in a server. */
import { customId } from './custom-id.ts'
import type { Topic } from './model.ts'
import { onlyYou, type Reply } from './reply.ts'
import { rich } from './rich.ts'
import { en } from './say/en.ts'

type Posted = Extract<Reply, { kind: 'message' }>

/** @param text - one sentence of the catalogue; names of feeds in it are untrusted and painted as text */
export function noticeOf(text: string, marker: string): Posted {
  const button = {
    kind: 'press',
    label: en.notices.feeds,
    emoji: '📡',
    style: 'secondary',
    id: customId('feeds', 'open', marker),
  } as const
  return onlyYou([{ kind: 'text', text: rich`${text}` }], {
    tone: 'warning',
    controls: [{ kind: 'buttons', buttons: [button] }],
  })
}

/** Discord takes 25 options in a select. */
const WELCOME_TOPICS_MAX = 25

export function welcomeOf(topics: readonly Topic[], marker: string): Posted {
  const options = topics.slice(0, WELCOME_TOPICS_MAX).map(({ id, name, emoji }) => ({ label: name, value: id, emoji }))
  return onlyYou(
    [
      { kind: 'title', text: en.notices.welcomeTitle },
      { kind: 'text', text: en.notices.welcome },
      { kind: 'divider' },
      { kind: 'text', text: en.notices.welcomeStep },
      { kind: 'note', text: en.notices.welcomeCommands },
      { kind: 'note', text: en.notices.welcomePromise },
    ],
    {
      controls: [
        {
          kind: 'select',
          id: customId('subscribe', 'welcome', marker),
          placeholder: en.notices.chooseTopic,
          options,
          min: 1,
          max: 1,
        },
        {
          kind: 'buttons',
          buttons: [
            { kind: 'press', label: en.notices.dismiss, style: 'secondary', id: customId('help', 'dismiss', marker) },
          ],
        },
      ],
    },
  )
}
