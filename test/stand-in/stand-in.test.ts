import { setTimeout as sleep } from 'node:timers/promises'
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type StandIn, startStandIn } from './stand-in.ts'

/** Short enough for a zombie to be noticed within the test. */
const HEARTBEAT_MS = 300

let standIn: StandIn
let client: Client
let guildId = ''
let channelId = ''
let manager = ''
let reader = ''

beforeAll(async () => {
  standIn = await startStandIn({ heartbeatMs: HEARTBEAT_MS })
  guildId = standIn.makeGuild({ name: 'Newsroom' }).id
  channelId = standIn.makeChannel({ guildId, name: 'news' }).id
  manager = standIn.makeMember({ guildId, name: 'Mara', permissions: ['ManageGuild'] }).userId
  reader = standIn.makeMember({ guildId, name: 'Rolf' }).userId
  client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: { api: standIn.apiUrl },
  })
  client.on(Events.InteractionCreate, (interaction) => void respond(interaction))
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(standIn.token)
  await ready
  await client.application?.commands.set([
    {
      name: 'hello',
      description: 'Says hello',
      options: [{ type: 3, name: 'to', description: 'Whom', required: true }],
    },
    {
      name: 'find',
      description: 'Finds',
      options: [{ type: 3, name: 'words', description: 'Words', autocomplete: true }],
    },
    {
      name: 'watch',
      description: 'Watches',
      defaultMemberPermissions: 'ManageGuild',
      options: [
        {
          type: 1,
          name: 'channel',
          description: 'A channel',
          options: [{ type: 7, name: 'where', description: 'Where', required: true }],
        },
      ],
    },
    { name: 'slow', description: 'Takes its time' },
    { name: 'mute', description: 'Never answers' },
    { name: 'press', description: 'Has buttons' },
    { type: 3, name: 'Who said what' },
  ])
})
afterAll(async () => {
  await client.destroy()
  await standIn.close()
})

async function respond(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete())
    return interaction.respond([{ name: `${interaction.options.getFocused()}!`, value: 'found' }])
  if (interaction.isChatInputCommand()) return respondToCommand(interaction)
  if (interaction.isMessageContextMenuCommand()) {
    await interaction.reply({
      content: `by ${interaction.targetMessage.author.username}`,
      flags: MessageFlags.Ephemeral,
    })
  } else if (interaction.isButton() && interaction.customId === 'form') {
    const field = new TextInputBuilder().setCustomId('words').setStyle(TextInputStyle.Short).setRequired(true)
    const label = new LabelBuilder().setLabel('Words').setTextInputComponent(field)
    await interaction.showModal(new ModalBuilder().setCustomId('asked').setTitle('Ask').addLabelComponents(label))
  } else if (interaction.isButton()) await interaction.update({ content: 'pressed', components: [] })
  else if (interaction.isStringSelectMenu()) {
    await interaction.deferUpdate()
    await interaction.followUp({ content: `chose ${interaction.values}`, flags: MessageFlags.Ephemeral })
  } else if (interaction.isModalSubmit()) {
    await interaction.reply(`asked for ${interaction.fields.getTextInputValue('words')}`)
  }
}

async function respondToCommand(interaction: ChatInputCommandInteraction): Promise<void> {
  switch (interaction.commandName) {
    case 'hello':
      await interaction.reply({
        content: `Hello ${interaction.options.getString('to')}`,
        flags: MessageFlags.Ephemeral,
      })
      return
    case 'watch':
      await interaction.reply(`watching ${interaction.options.getChannel('where')?.id}`)
      return
    case 'slow':
      await interaction.deferReply()
      await sleep(20)
      await interaction.editReply('done')
      await interaction.followUp('and more')
      return
    case 'press': {
      const choose = new StringSelectMenuBuilder().setCustomId('choose').addOptions({ label: 'One', value: '1' })
      await interaction.reply({
        content: 'press',
        components: [
          new ActionRowBuilder<ButtonBuilder>().addComponents(
            new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary),
            new ButtonBuilder().setCustomId('form').setLabel('Ask').setStyle(ButtonStyle.Secondary),
          ),
          new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(choose),
        ],
      })
    }
  }
}

describe('an unpatched discord.js on the stand-in', () => {
  it('logs in and sees its guilds and channels', () => {
    expect(client.user?.id).toBe(standIn.applicationId)
    expect(client.guilds.cache.get(guildId)?.name).toBe('Newsroom')
    expect(client.channels.cache.has(channelId)).toBe(true)
    expect(standIn.gatewayState().connected).toBe(1)
  })

  it('registers commands, and each keeps its id when they are registered again', async () => {
    const before = await client.application?.commands.fetch()
    await client.application?.commands.set(standIn.commands() as never)
    const after = await client.application?.commands.fetch()
    expect(after?.map(({ id }) => id)).toEqual(before?.map(({ id }) => id))
    expect(after?.size).toBe(7)
  })

  it('answers a chat command with a message that only the asker sees', async () => {
    const answer = await standIn.send({
      kind: 'command',
      name: 'hello',
      channelId,
      options: { to: 'Mara' },
      by: reader,
    })
    expect(answer.messages).toMatchObject([{ content: 'Hello Mara', flags: MessageFlags.Ephemeral }])
    expect(answer.timedOut).toBe(false)
    expect(standIn.messages({ channelId })).toEqual([])
  })

  it('gets a channel option resolved, and only members with the permission see the command', async () => {
    const deed = {
      kind: 'command',
      name: 'watch',
      subcommand: 'channel',
      channelId,
      options: { where: channelId },
    } as const
    const answer = await standIn.send({ ...deed, by: manager })
    expect(answer.messages).toMatchObject([{ content: `watching ${channelId}`, type: 20 }])
    await expect(standIn.send({ ...deed, by: reader })).rejects.toThrow('rolf does not see it')
  })

  it('defers, edits and follows up', async () => {
    const answer = await standIn.send({ kind: 'command', name: 'slow', channelId })
    expect(answer).toMatchObject({ callback: 5, messages: [{ content: 'done' }] })
    await expect
      .poll(() => standIn.answerOf(answer).messages.map(({ content }) => content))
      .toEqual(['done', 'and more'])
  })

  it('updates the message whose button was pressed', async () => {
    const { messages } = await standIn.send({ kind: 'command', name: 'press', channelId })
    const messageId = String(messages[0]?.['id'])
    const chosen = await standIn.send({ kind: 'select', messageId, values: ['1'], until: 'edit' })
    expect(chosen.messages.at(-1)).toMatchObject({ content: 'chose 1' })
    const form = await standIn.send({ kind: 'button', messageId, label: 'Ask' })
    expect(form).toMatchObject({ callback: 9, modal: { title: 'Ask' } })
    const sent = await standIn.send({ kind: 'modal', openedBy: form.interactionId, fields: { words: 'peace' } })
    expect(sent.messages).toMatchObject([{ content: 'asked for peace' }])
    const pressed = await standIn.send({ kind: 'button', messageId, customId: 'go' })
    expect(pressed).toMatchObject({ callback: 7, messages: [{ id: messageId, content: 'pressed', components: [] }] })
    await expect(standIn.send({ kind: 'button', messageId, customId: 'go' })).rejects.toThrow('no buttons')
  })

  it('completes what a person types', async () => {
    const answer = await standIn.send({
      kind: 'autocomplete',
      name: 'find',
      channelId,
      focused: 'words',
      options: { words: 'na' },
    })
    expect(answer.choices).toEqual([{ name: 'na!', value: 'found' }])
  })

  it('runs a command on a message', async () => {
    const { id: messageId } = standIn.say({ channelId, content: 'Good morning' })
    const answer = await standIn.send({ kind: 'message command', name: 'Who said what', channelId, messageId })
    expect(answer.messages).toMatchObject([{ content: 'by olga' }])
  })

  it('did nothing that Discord forbids', () => {
    expect(standIn.violations).toEqual([])
  })
})
