/** A page for whoever opens the stand-in in a browser: what is there, and what was said last. Nothing on it can be pressed. */
import type { ServerResponse } from 'node:http'
import type { Api } from './api.ts'
import { componentsIn } from './interactions/component-data.ts'
import { recordsOf, textOf } from './json.ts'
import { compareIds } from './snowflakes.ts'
import type { Channel, Message, World } from './world.ts'

const MESSAGES_SHOWN = 10
const MESSAGE_CHARS_SHOWN = 500

type Shown = Pick<Api, 'world' | 'journal' | 'gateway'>

export function serveHome({ world, journal, gateway }: Shown, response: ServerResponse): void {
  const facts = [
    `${gateway.connected()} gateway connections`,
    `${journal.entries.length} requests`,
    `${journal.violations.length} violations`,
    `${world.commands.length} commands`,
  ]
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  })
  response.end(`<!doctype html><html lang="en"><title>A Discord of our own</title>
<style>body{font:16px/1.5 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;border-left:3px solid #88a;padding-left:.6rem}</style>
<h1>A Discord of our own</h1><p>${facts.join(' · ')}. The methods: <code>/control</code>, by curl.</p>
${[...world.guilds.values()].map((guild) => `<h2>${escaped(guild.name)} <small>${guild.id}</small></h2>${places(world, guild.id)}`).join('\n')}
</html>`)
}

function places(world: World, guildId: string): string {
  return [...world.channels.values()]
    .filter((channel) => channel.guildId === guildId)
    .map((channel) => `<h3>#${escaped(channel.name)} <small>${channel.id}</small></h3>${lastSaid(channel)}`)
    .join('\n')
}

function lastSaid({ messages }: Channel): string {
  const rising = [...messages.values()].sort((one, other) => compareIds(one.id, other.id))
  return rising
    .slice(-MESSAGES_SHOWN)
    .map((message) => `<pre>${escaped(textsOf(message).join('\n').slice(0, MESSAGE_CHARS_SHOWN))}</pre>`)
    .join('\n')
}

function textsOf({ author, content, embeds, components }: Message): readonly string[] {
  return [
    `${author.username}:`,
    content,
    ...recordsOf(embeds).flatMap(({ title, description }) => [textOf(title), textOf(description)]),
    ...componentsIn(components).flatMap(({ content: text, label }) => [
      textOf(text),
      label ? `[${textOf(label)}]` : '',
    ]),
  ].filter((line) => line !== '')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
