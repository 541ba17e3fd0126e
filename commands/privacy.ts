import { customId } from '../src/core/custom-id.ts'
import { type Block, type Button, type Control, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import type { Rich } from '../src/core/rich.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import type { KeptOf } from '../src/flow/ports/store.ts'

export const privacy: Command = {
  name: 'privacy',
  describe: en.privacy.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [],
  run: ({ asker }, world) => overview(asker, world),
  presses: {
    forgetMe: {
      access: 'everyone',
      run: async () => sure(en.privacy.sureMe, { verb: 'forgotMe', yes: en.privacy.yesMe }),
    },
    forgotMe: {
      access: 'everyone',
      async run({ asker }, { store, log }) {
        await store.forgetPerson(asker.personId)
        log.info('person forgotten')
        return done(en.privacy.doneMe)
      },
    },
    forgetServer: {
      access: 'manager',
      async run({ asker }, { store }) {
        const { server } = await store.keptOf(asker)
        if (!server) return refusal(en.privacy.noServer)
        const asked = en.privacy.sureServer(server.subscriptions, server.feeds)
        return sure(asked, { verb: 'forgotServer', yes: en.privacy.yesServer })
      },
    },
    forgotServer: {
      access: 'manager',
      async run({ asker: { serverId } }, { store, log }) {
        if (!serverId) return refusal(en.privacy.noServer)
        await store.forgetServer(serverId)
        log.info('server forgotten', { serverId })
        return done(en.privacy.doneServer)
      },
    },
    keep: { access: 'everyone', run: async () => done(en.privacy.kept) },
  },
}

async function overview(asker: Asker, { store }: World): Promise<Reply> {
  const { person, server } = await store.keptOf(asker)
  const buttons: readonly Button[] = [
    button('forgetMe', en.privacy.forgetMe, 'secondary'),
    ...(server && asker.managesServer ? [button('forgetServer', en.privacy.forgetServer, 'danger')] : []),
  ]
  return onlyYou(
    [
      { kind: 'title', text: en.privacy.title },
      { kind: 'text', text: en.privacy.never },
      { kind: 'text', text: en.privacy.you },
      { kind: 'bullets', items: ofPerson(person) },
      ...(server
        ? [{ kind: 'text', text: en.privacy.server } as const, { kind: 'bullets', items: ofServer(server) } as const]
        : []),
      { kind: 'note', text: en.privacy.howLong },
    ],
    { controls: [{ kind: 'buttons', buttons }] },
  )
}

function ofPerson({ subscriptions, feeds, quotes, messages }: KeptOf['person']): readonly Rich[] {
  return listed([
    [subscriptions, en.privacy.subscriptionsMade],
    [feeds, en.privacy.feedsAdded],
    [quotes, en.privacy.quotesHidden],
    [messages, en.privacy.messagesToYou],
  ])
}

function ofServer({ subscriptions, feeds, mutes, quotes, messages }: NonNullable<KeptOf['server']>): readonly Rich[] {
  return listed([
    [subscriptions, en.privacy.subscriptions],
    [feeds, en.privacy.feeds],
    [mutes, en.privacy.mutes],
    [quotes, en.privacy.quotes],
    [messages, en.privacy.messages],
  ])
}

function listed(counts: readonly (readonly [count: number, say: (count: number) => Rich])[]): readonly Rich[] {
  const items = counts.filter(([count]) => count > 0).map(([count, say]) => say(count))
  return items.length > 0 ? items : [en.privacy.nothing]
}

function sure(text: Rich, { verb, yes }: Readonly<{ verb: string; yes: string }>): Reply {
  const controls: readonly Control[] = [
    { kind: 'buttons', buttons: [button(verb, yes, 'danger'), button('keep', en.privacy.keep, 'secondary')] },
  ]
  const blocks: readonly Block[] = [{ kind: 'text', text }]
  return onlyYou(blocks, { how: 'update', tone: 'warning', controls })
}

function done(text: Rich): Reply {
  return onlyYou([{ kind: 'text', text }], { how: 'update', tone: 'good' })
}

function button(verb: string, label: string, style: 'secondary' | 'danger'): Button {
  return { kind: 'press', label, style, id: customId('privacy', verb) }
}
