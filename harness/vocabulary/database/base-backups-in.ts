import type { MeasurementName } from '../../engine/measurement.ts'
import type { Answered } from '../service/answer.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'
import { mountPath } from './postgres.ts'

/** How many bytes two base backups have, but for the log that each needs to become consistent. */
export interface BaseBackupSizes {
  readonly full: number
  readonly increment: number
}

/**
 * Base backups of the PostgreSQL server in a Pod, in directories of its own volume. The server needs the setting `summarize_wal`. See
 * https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-INCREMENTAL-BACKUP
 */
export interface BaseBackups {
  /** Takes a full one. */
  full(): Promise<void>
  /** Asks for an increment of the full one, which the server may refuse, and keeps the answer. */
  increment(label: string): Promise<MeasurementName>
  /** Makes a data directory of the two, for a server that keeps its files in the directory `combined`. */
  combine(): Promise<void>
  /** Keeps the sizes of both. */
  sizes(label: string): Promise<MeasurementName>
}

const [full, increment, combined] = ['full', 'increment', 'combined'].map((name) => `${mountPath}/${name}`) as [string, string, string]

const take = ['pg_basebackup', '--username', 'postgres', '--checkpoint', 'fast', '--pgdata']

/** Prints the bytes of a directory. */
const sizeOf = 'du --bytes --summarize --exclude pg_wal "$1" | cut --fields 1'

/** The base backups of the PostgreSQL server in a Pod. Each act but that of the increment throws `Inconclusive` when it fails. */
export function baseBackupsIn(pod: string, fixtures: DataFixtures): BaseBackups {
  const run = async (...command: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, command)
    if (exitCode === 0) return stdout.trim()
    throw new Inconclusive().withDetails({ reason: { summary: `Pod ${pod} could not run ${command.join(' ')}.`, actual: stderr.trim() } })
  }
  const bytes = async (directory: string) => Number(await run('sh', '-c', sizeOf, 'sh', directory))
  return {
    full: async () => void (await run(...take, full)),
    async increment(label) {
      const { exitCode, stderr } = await fixtures.namespace.exec(pod, [...take, increment, '--incremental', `${full}/backup_manifest`])
      const answer: Answered = { outcome: exitCode === 0 ? 'done' : 'refused', value: null, said: stderr.trim() }
      return workloadIn(pod, fixtures).keep('answer', label, answer)
    },
    combine: async () => void (await run('pg_combinebackup', full, increment, '--output', combined)),
    sizes: async (label) =>
      workloadIn(pod, fixtures).keep('base-backups', label, {
        full: await bytes(full),
        increment: await bytes(increment),
      } satisfies BaseBackupSizes),
  }
}
