/** Brings a database to the newest schema, all of it or nothing. Kysely's Migrator keeps the list of what was done. */
import type { DatabaseSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'

export type Migrations = Readonly<Record<string, Migration>>

/** Names of the migrations that this database has seen, oldest first. */
export function executedMigrations(db: DatabaseSync): readonly string[] {
  const known = db.prepare("select name from sqlite_master where name = 'kysely_migration'").get()
  if (!known) return []
  return db
    .prepare('select name from kysely_migration order by name')
    .all()
    .map(({ name }) => String(name))
}

/** Runs what is missing, and `finish`, in one transaction. Throws, leaving everything as it was. */
export async function migrate(db: DatabaseSync, migrations: Migrations, finish: () => void): Promise<void> {
  const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database: forKysely(db) }) })
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => ({ ...migrations }) } })
  // Nobody else has this connection yet, so that awaiting inside the transaction harms nothing.
  db.exec('begin immediate')
  try {
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
    finish()
    db.exec('commit')
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}

/** The face of a connection that Kysely's own SQLite driver expects. */
function forKysely(db: DatabaseSync) {
  return {
    close: () => undefined,
    prepare(text: string) {
      const statement = db.prepare(text)
      type Values = Parameters<typeof statement.all>
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...(values as Values)),
        run: (values: readonly unknown[]) => statement.run(...(values as Values)),
        iterate: (values: readonly unknown[]) => statement.iterate(...(values as Values)),
      }
    },
  }
}
