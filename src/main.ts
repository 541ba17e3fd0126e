/** The composition root: one program, one subcommand a file of `cli/`, each imported only when it is asked for. */
import { Command, CommanderError } from 'commander'
import type { AuditOptions } from './cli/audit.ts'
import { EXIT, Exit } from './cli/exit.ts'
import { version } from './cli/house.ts'
import type { RetryOptions } from './cli/retry.ts'

/** For what is still to be printed. */
const LEFTOVERS_MS = 500

const program = new Command('pullquote')
  .description('Reads news feeds and posts one card a story, with who said what.')
  .version(version())
  .exitOverride()
  .showHelpAfterError('(pullquote --help lists the subcommands)')

program
  .command('start')
  .description('run the bot; without DISCORD_TOKEN, the local preview')
  .action(async () => (await import('./cli/start.ts')).start(process.env))
program
  .command('preview')
  .description('run the local preview, whether there is a token or not')
  .action(async () => (await import('./cli/preview.ts')).preview(process.env))
program
  .command('doctor')
  .description('check settings, database, token, channels, feeds and clock, each with its cure')
  .option('--json', 'print the findings as JSON', false)
  .action(async (options: { json: boolean }) => (await import('./cli/doctor.ts')).doctor(process.env, options))
program
  .command('import')
  .description('add the feeds of an OPML file, or of a text with an address a line, to config/feeds.yaml')
  .argument('<file>')
  .action(async (file: string) => (await import('./cli/import.ts')).importFeeds(file, process.env))
program
  .command('export')
  .description('print the feeds of config/ as OPML, or all that is kept as JSON lines')
  .option('--format <format>', 'opml or jsonl', 'opml')
  .argument('[file]', 'to be made; standard output where it is left out')
  .action(async (file: string | undefined, { format }: { format: string }) =>
    (await import('./cli/export.ts')).exportData({ format, file }, process.env),
  )
program
  .command('deploy-commands')
  .description('register the slash commands with Discord by hand')
  .action(async () => (await import('./cli/deploy-commands.ts')).deployCommands(process.env))
program
  .command('backup [file]')
  .description('copy the database, while the bot runs or not; never over a file')
  .action(async (file: string | undefined) => (await import('./cli/backup.ts')).backup(process.env, file))
program
  .command('restore <file>')
  .description("put a backup in the database's place; what was there is kept aside")
  .action(async (file: string) => (await import('./cli/restore.ts')).restore(process.env, file))
program
  .command('audit')
  .description('the balance of every channel and a day: what was seen, and what became of it')
  .option('--channel <id>', 'only this channel')
  .option('--day <day>', '2026-11-25, today or yesterday (UTC)', 'today')
  .option('--json', 'print it as JSON', false)
  .action(async (options: AuditOptions) => (await import('./cli/audit.ts')).audit(process.env, options))
program
  .command('retry [id...]')
  .description('send what is held or dead again; without an id, list it')
  .option('--all', 'all of it', false)
  .option('--channel <id>', 'only in this channel')
  .action(async (ids: string[], options: RetryOptions) =>
    (await import('./cli/retry.ts')).retry(process.env, ids, options),
  )
program
  .command('health')
  .description('tell whether the running bot does its work: exit code 0 or 1, for Docker')
  .action(async () => (await import('./cli/health.ts')).health(process.env))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage
  else if (error instanceof Exit) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error.code
  } else {
    process.stderr.write(
      `Pullquote broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    process.exitCode = EXIT.machine
  }
}

// A line to Discord that is being made anew can outlive its client; what was asked for is done all the same.
setTimeout(() => process.exit(), LEFTOVERS_MS).unref()
