import type { MeasurementName } from '../../engine/measurement.ts'
import { type DataFixtures, workloadIn } from './workload-in.ts'

/** A program in a Pod of ours that writes record after record, each durable before the next is begun. */
export interface Writer {
  /** Returns once it writes. */
  start(): Promise<void>
  /** Keeps the last record that is durable, null where the writer is gone; each later one is begun after the answer was given. */
  position(label: string): Promise<MeasurementName>
  /** Keeps the last record ever written, null where the writer was gone before. */
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

/**
 * Reads what a continuous writer left in a directory of a Pod. The directory is the label of what was read, unless another one tells it
 * from what was read there before.
 */
export async function readWrites(
  pod: string,
  fixtures: DataFixtures,
  place: string | { readonly directory: string; readonly label: string },
): Promise<MeasurementName> {
  const { directory, label } = typeof place === 'string' ? { directory: place, label: place } : place
  const { run, keep } = workloadIn(pod, fixtures)
  return keep('writes', label, JSON.parse(await run('readwrites', directory)))
}
