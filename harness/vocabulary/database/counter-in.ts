import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import {
  counterDatabase,
  counterPosition,
  counterProgress,
  counterQuery,
  counterScript,
  counterTables,
  startCounter,
  stopCounter,
} from './counter-script.ts'
import { databaseThere, postgresIn } from './postgres-in.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** What was found of a counter in a database. */
export interface FoundCounter {
  readonly first: number
  readonly last: number
  readonly rows: number
  /** The last number as another table has it, which each statement changes too. */
  readonly total: number
  /** Numbers whose row is not as it was written. */
  readonly damaged: number
  /** What the server said instead, where it could not read it. */
  readonly refused?: string
}

/** What is found where there is no counter. */
export const noCounter: FoundCounter = { first: 0, last: 0, rows: 0, total: 0, damaged: 0 }

/** A program in a client's Pod that commits number after number to a database server, each once the one before was acknowledged. */
export interface Counter {
  /**
   * Makes the tables in the server of a Pod, and starts. Returns once the first number is acknowledged. It outlives restarts of the server.
   */
  start(server: string): Promise<void>
  /** Resolves once another number is acknowledged: to false when that takes too long. */
  progress(): Promise<boolean>
  /** Keeps the last number that was acknowledged to the client: at most the next one has been begun. */
  position(label: string): Promise<MeasurementName>
  /** Ends the writing, and keeps the last number that was ever acknowledged. */
  stop(label: string): Promise<MeasurementName>
}

/** What is of one kind of server in a counter. */
export interface CounterOn {
  /** Makes the tables in the server of a Pod. */
  makeTables(server: string): Promise<unknown>
  /** What writes to it, in the words of bash. */
  readonly script: string
}

/** The counter in a client's Pod. What was acknowledged is in the Pod's own file system and in the history, outside the volume. */
export function counterIn(client: string, fixtures: DataFixtures): Counter {
  return counterOn(client, fixtures, {
    script: counterScript,
    async makeTables(server) {
      await postgresIn(server, fixtures).run(`create database ${counterDatabase}`)
      await postgresIn(server, fixtures, counterDatabase).run(counterTables)
    },
  })
}

/** The same on another kind of server. */
export function counterOn(client: string, fixtures: DataFixtures, { makeTables, script }: CounterOn): Counter {
  const { keep } = workloadIn(client, fixtures)
  const bash = async (command: string, ...options: readonly string[]) => {
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(client, ['bash', '-c', command, 'bash', ...options])
    if (exitCode === 0 && stdout !== '') return stdout.trim()
    const actual = stderr.trim().split('\n').at(-1) ?? ''
    throw new Inconclusive().withDetails({
      reason: { summary: `The counter in Pod ${client} gave no answer (exit code ${exitCode}).`, actual },
    })
  }
  return {
    async start(server) {
      await makeTables(server)
      await bash(startCounter, script)
    },
    progress: async () => (await fixtures.namespace.exec(client, ['bash', '-c', counterProgress])).stdout !== '',
    position: async (label) => keep('acknowledged', label, { record: Number(await bash(counterPosition)) }),
    stop: async (label) => keep('acknowledged', label, { record: Number(await bash(stopCounter)) }),
  }
}

/**
 * Reads what the PostgreSQL server of a Pod has of a counter. A server that answers in its own database and not in that of the counter has
 * none of it. Throws `Inconclusive` where the server answers nowhere.
 */
export async function readCounter(pod: string, fixtures: DataFixtures, label: string): Promise<MeasurementName> {
  const { keep } = workloadIn(pod, fixtures)
  if (!(await databaseThere(pod, fixtures, counterDatabase))) return keep('counter', label, noCounter)
  const { value, said } = await postgresIn(pod, fixtures, counterDatabase).answer(counterQuery)
  if (value !== null) return keep('counter', label, JSON.parse(value) as FoundCounter)
  await postgresIn(pod, fixtures).run('select 1')
  return keep('counter', label, { ...noCounter, refused: said })
}
