/** Registering commands, for all servers or for one. */
import { missingAccess, unknownCommand } from '../api-error.ts'
import type { Json } from '../json.ts'
import { type Call, created, done, ok, param, type Reply, type Route, route } from '../route.ts'
import type { World } from '../world.ts'

const EVERYWHERE = '/applications/{application_id}/commands'
const IN_GUILD = '/applications/{application_id}/guilds/{guild_id}/commands'

export const COMMAND_ROUTES: readonly Route[] = [EVERYWHERE, IN_GUILD].flatMap((path) => [
  route(`GET ${path}`, (call) => ok(shelf(call).all())),
  route(`PUT ${path}`, putAll),
  route(`POST ${path}`, putOne),
  route(`GET ${path}/{command_id}`, (call) => ok(known(call))),
  route(`PATCH ${path}/{command_id}`, (call) => {
    const command: Json = { ...known(call), ...call.body, version: call.world.newId() }
    const { all, keep } = shelf(call)
    keep(all().map((one) => (one['id'] === command['id'] ? command : one)))
    return ok(command, 'changed a command')
  }),
  route(`DELETE ${path}/{command_id}`, (call) => {
    const { id } = known(call)
    const { all, keep } = shelf(call)
    keep(all().filter((one) => one['id'] !== id))
    return done('deleted a command')
  }),
])

/** Where the commands of this request stand. */
function shelf({ world, params }: Call) {
  const guildId = params['guild_id']
  if (params['application_id'] !== world.application.id) throw missingAccess()
  if (guildId === undefined)
    return {
      all: () => world.commands,
      keep: (commands: Json[]) => {
        world.commands = commands
      },
    }
  if (!world.guilds.get(guildId)?.joined) throw missingAccess()
  return {
    all: () => world.guildCommands.get(guildId) ?? [],
    keep: (commands: Json[]) => {
      world.guildCommands.set(guildId, commands)
    },
  }
}

function known(call: Call): Json {
  const id = param(call, 'command_id')
  const found = shelf(call)
    .all()
    .find((one) => one['id'] === id)
  if (!found) throw unknownCommand()
  return found
}

/** A command that keeps its name keeps its id. */
function kept(world: World, body: Json, { all, guildId }: Readonly<{ all: readonly Json[]; guildId?: string }>): Json {
  const type = body['type'] ?? 1
  const before = all.find((one) => one['name'] === body['name'] && one['type'] === type)
  return {
    default_member_permissions: null,
    nsfw: false,
    contexts: null,
    integration_types: [0],
    description: '',
    ...body,
    type,
    id: before?.['id'] ?? world.newId(),
    application_id: world.application.id,
    version: world.newId(),
    ...(guildId === undefined ? {} : { guild_id: guildId }),
  }
}

function putAll(call: Call): Reply {
  const { all, keep } = shelf(call)
  const before = all()
  const guildId = call.params['guild_id']
  const after = call.list.map((body) =>
    kept(call.world, body, { all: before, ...(guildId === undefined ? {} : { guildId }) }),
  )
  keep(after)
  return ok(after, `registered ${after.length} commands`)
}

function putOne(call: Call): Reply {
  const { all, keep } = shelf(call)
  const guildId = call.params['guild_id']
  const before = all()
  const command = kept(call.world, call.body, { all: before, ...(guildId === undefined ? {} : { guildId }) })
  const others = before.filter((one) => one['id'] !== command['id'])
  keep([...others, command])
  const isNew = others.length === before.length
  return isNew ? created(command, 'registered a command') : ok(command, 'changed a command')
}
