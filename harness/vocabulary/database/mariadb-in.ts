import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'
import { mariadbDatabase, mariadbPassword } from './mariadb.ts'

/** The MariaDB server in a Pod, asked from inside the Pod. What it answered is kept in the history, outside the volume. */
export interface Mariadb {
  /** Runs SQL that has to succeed. Resolves to its rows: a line each, columns separated by tabs. Throws `Inconclusive` when it fails. */
  run(sql: string): Promise<string>
  /** Runs SQL that may be refused, and keeps the answer, its rows written as those of `run`. */
  ask(label: string, sql: string): Promise<MeasurementName>
  /** Looks for damage in every table and index of the database, with MariaDB's own statement for it, and keeps the answer. */
  lookForDamage(label: string): Promise<MeasurementName>
  /** Keeps how often the server recovered from a crash since its container started, by a log of its own. */
  countRecoveries(label: string): Promise<MeasurementName>
}

/** Settings of a server with a log of its own in the file system of its container, in which crash recoveries are counted. */
export const ownLog = { log_error: '/tmp/error.log' } as const

/** How the client of MariaDB says that it has no connection, or lost it: then nobody knows what was done. */
const noConnection = /^ERROR 2\d{3} /mu

const client = [
  `MYSQL_PWD="$${mariadbPassword}" exec mariadb --host "$HOSTNAME" --user "$2" --database ${mariadbDatabase}`,
  '--default-character-set=utf8mb4 --batch --skip-column-names --raw --execute "$1"',
].join(' ')

const countingRecoveries = `grep --count 'Starting crash recovery' ${ownLog.log_error} || [ $? = 1 ]`

/** The MariaDB server that runs in a Pod, asked by `root` unless told otherwise. */
export function mariadbIn(pod: string, fixtures: DataFixtures, user = 'root'): Mariadb {
  const { keep, exec } = workloadIn(pod, fixtures)
  const answered = async (sql: string): Promise<Answered> => {
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, ['bash', '-c', client, 'bash', sql, user])
    if (exitCode === 0) return { outcome: 'done', value: stdout.trim(), said: 'done' }
    return { outcome: noConnection.test(stderr) ? 'silent' : 'refused', value: null, said: stderr.trim() }
  }
  const run = async (sql: string) => {
    const { outcome, value, said } = await answered(sql)
    if (value !== null) return value
    throw new Inconclusive().withDetails({
      reason: { summary: `MariaDB in Pod ${pod} (${outcome}) did not do: ${sql}`, actual: said },
    })
  }
  return {
    run,
    ask: async (label, sql) => keep('answer', label, await answered(sql)),
    async lookForDamage(label) {
      const tables = await run(
        `select group_concat(table_name) from information_schema.tables where table_schema = '${mariadbDatabase}' and table_type = 'BASE TABLE'`,
      )
      const said = await run(`check table ${tables} extended`)
      const sound = said.split('\n').every((line) => line.endsWith('\tstatus\tOK'))
      return keep('damage', label, { outcome: sound ? 'done' : 'refused', value: null, said } satisfies Answered)
    },
    async countRecoveries(label) {
      const value = (await exec('read the log of its server', ['bash', '-c', countingRecoveries])).trim()
      return keep('answer', label, { outcome: 'done', value, said: 'done' } satisfies Answered)
    },
  }
}

/**
 * Waits up to 30 s for each replica to have done all that is in the log of its primary now. One that does not is left as it is: what it has
 * is for a check to judge.
 */
export async function follow(primary: Pick<Mariadb, 'run'>, replicas: readonly Pick<Mariadb, 'run'>[]): Promise<void> {
  const position = await primary.run('select @@gtid_binlog_pos')
  await Promise.all(replicas.map(async (replica) => replica.run(`select master_gtid_wait('${position}', 30)`)))
}

/** Whether the MariaDB server in a Pod has a table. */
export async function tableThere(pod: string, fixtures: DataFixtures, table: string): Promise<boolean> {
  const sql = `select count(*) from information_schema.tables where table_schema = '${mariadbDatabase}' and table_name = '${table}'`
  return (await mariadbIn(pod, fixtures).run(sql)) === '1'
}
