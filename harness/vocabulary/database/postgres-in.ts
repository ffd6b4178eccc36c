import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** Waits for the port: while the image makes the database, a server listens on a socket only. */
const untilListening = `for try in $(seq 50); do pg_isready --host 127.0.0.1 --username postgres --quiet && exit 0; sleep 1; done; exit 1`

/** The PostgreSQL server in a Pod, asked from inside the Pod. What it answered is kept in the history, outside the volume. */
export interface Database {
  /** Waits up to 50 s for a server without a probe to listen on its port. Throws `Inconclusive` when it does not. */
  listening(): Promise<void>
  /** Runs SQL that has to succeed. Resolves to its rows: a line each, columns separated by `|`. Throws `Inconclusive` when it fails. */
  run(sql: string): Promise<string>
  /** What it answers to SQL that may be refused, not kept. */
  answer(sql: string): Promise<Answered>
  /** What PostgreSQL's own program finds of damage, not kept. */
  damage(): Promise<Answered>
  /** Asks for a command in the image of the server, and keeps whether it is there. */
  hasCommand(command: string): Promise<MeasurementName>
  /** Looks for damage in every table and index, with PostgreSQL's own program for it, and keeps the answer. */
  lookForDamage(label: string): Promise<MeasurementName>
  /** Runs SQL that may be refused, and keeps the answer, its rows written as those of `run`. */
  ask(label: string, sql: string): Promise<MeasurementName>
}

const psql = ['psql', '--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1', '--username', 'postgres']

const amcheck = ['pg_amcheck', '--username', 'postgres', '--all', '--install-missing', '--heapallindexed', '--parent-check']

/** Exit code of `psql` when it has no connection, or lost it: then nobody knows what was done. */
const noConnection = 2

/** Exit code of `pg_amcheck` when it found damage; any other but 0 says nothing about the database. */
const damageFound = 2

/** The PostgreSQL server that runs in a Pod, and one of its databases. */
export function postgresIn(pod: string, fixtures: DataFixtures, database = 'postgres'): Database {
  const { keep, exec } = workloadIn(pod, fixtures)
  const ended = async (command: readonly string[], outcomeOf: (exitCode: number) => Answered['outcome']): Promise<Answered> => {
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, command)
    if (exitCode === 0) return { outcome: 'done', value: stdout.trim(), said: stderr.trim() }
    return { outcome: outcomeOf(exitCode), value: null, said: `${stdout}${stderr}`.trim() }
  }
  const answered = async (sql: string) =>
    ended([...psql, '--dbname', database, '--command', sql], (exitCode) => (exitCode === noConnection ? 'silent' : 'refused'))
  const runAmcheck = async () => ended(amcheck, (exitCode) => (exitCode === damageFound ? 'refused' : 'silent'))
  return {
    listening: async () => void (await exec('listen on its port', ['sh', '-c', untilListening])),
    answer: answered,
    damage: runAmcheck,
    async run(sql) {
      const { outcome, value, said } = await answered(sql)
      if (value !== null) return value
      throw new Inconclusive().withDetails({
        reason: { summary: `PostgreSQL in Pod ${pod} (${outcome}) did not do: ${sql}`, actual: said },
      })
    },
    ask: async (label, sql) => keep('answer', label, await answered(sql)),
    hasCommand: async (command) =>
      keep('answer', `command ${command}`, await ended(['sh', '-c', 'command -v "$1"', 'sh', command], () => 'refused')),
    lookForDamage: async (label) => keep('damage', label, await runAmcheck()),
  }
}

/** Whether the PostgreSQL server in a Pod has a database. */
export async function databaseThere(pod: string, fixtures: DataFixtures, database: string): Promise<boolean> {
  return (await postgresIn(pod, fixtures).run(`select count(*) from pg_database where datname = '${database}'`)) === '1'
}
