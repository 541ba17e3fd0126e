/** A Discord of our own, to run the bot against without Discord:
 *
 *      npm run stand-in -- --port 4900
 *
 *  It prints how to start the bot, and how to press its buttons with curl. Everything is in memory and ends with it. */
import { parseArgs } from 'node:util'
import { startStandIn } from './stand-in.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4900' },
    openapi: { type: 'string' },
    'rate-limits': { type: 'string', default: 'real' },
    'nonce-window-ms': { type: 'string' },
  },
})
const scale = Number(values['rate-limits'])
const standIn = await startStandIn({
  port: Number(values.port),
  ...(values.openapi === undefined ? {} : { openapi: values.openapi }),
  ...(values['nonce-window-ms'] === undefined ? {} : { nonceWindowMs: Number(values['nonce-window-ms']) }),
  rateLimits: values['rate-limits'] === 'off' ? 'off' : Number.isNaN(scale) ? 'real' : { scale },
})
const guild = standIn.makeGuild({ name: 'Newsroom' })
const channel = (kind: 'text' | 'announcement' | 'forum', name: string): string =>
  standIn.makeChannel({ guildId: guild.id, kind, name }).id
const news = channel('text', 'news')
const places = { news, announcements: channel('announcement', 'announcements'), forum: channel('forum', 'stories') }
const thread = standIn.makeChannel({ guildId: guild.id, kind: 'thread', name: 'one-story', parentId: news }).id
const { userId: manager } = standIn.makeMember({ guildId: guild.id, name: 'Mara', permissions: ['ManageGuild'] })
const { userId: reader } = standIn.makeMember({ guildId: guild.id, name: 'Rolf' })

process.stdout.write(`
  A Discord of our own, in memory, on this machine only

  API         ${standIn.apiUrl}
  token       ${standIn.token}
  application ${standIn.applicationId}
  guild       ${guild.id}
  channels    news ${places.news}, announcements ${places.announcements}, forum ${places.forum}, thread ${thread}
  people      owner ${standIn.owner.id}, manager ${manager}, reader ${reader}

  Start the bot
    DISCORD_TOKEN=${standIn.token} DISCORD_API_URL=${standIn.apiUrl} npm start

  Use it
    curl ${standIn.controlUrl}
    curl -d '{"kind":"command","name":"help","channelId":"${news}","by":"${manager}"}' ${standIn.controlUrl}/send
    curl -d '{"channelId":"${news}"}' ${standIn.controlUrl}/messages
    curl -d '{}' ${standIn.controlUrl}/violationsSeen

`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void standIn.close().then(() => process.exit(0))
  })
