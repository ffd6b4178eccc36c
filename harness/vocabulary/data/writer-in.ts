import type { MeasurementName } from '../../engine/measurement.ts'
import { type DataFixtures, workloadIn } from './workload-in.ts'

/** A program in a Pod of ours that writes record after record, each durable before the next is begun. */
export interface Writer {
  /** Returns once it writes. */
  start(): Promise<void>
  /** Keeps the last record that is durable; each later one is begun after the answer was given. */
  position(label: string): Promise<MeasurementName>
  /** Keeps the last record ever written. */
  stop(label: string): Promise<MeasurementName>
}

/** A continuous writer to directories of a Pod, each record to one after the other in the order in which they are named. */
export function writerIn(pod: string, fixtures: DataFixtures, directories: readonly [string, ...string[]]): Writer {
  const { run, keep } = workloadIn(pod, fixtures)
  const asked = async (command: string, label: string) => {
    const answer: unknown = JSON.parse(await run(command, directories[0]))
    return keep('acknowledged', label, answer)
  }
  return {
    start: async () => void (await run('startwriting', ...directories)),
    position: async (label) => asked('position', label),
    stop: async (label) => asked('stopwriting', label),
  }
}

/** Reads what a continuous writer left in a directory of a Pod. */
export async function readWrites(pod: string, fixtures: DataFixtures, directory: string): Promise<MeasurementName> {
  const { run, keep } = workloadIn(pod, fixtures)
  return keep('writes', directory, JSON.parse(await run('readwrites', directory)))
}
