import type { MeasurementName } from '../../engine/measurement.ts'
import { parseQuantity } from '../../engine/quantity.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import { type DataFixtures, seedOf, workloadIn } from './workload-in.ts'

/** How large a tree is. */
export interface TreeSize {
  readonly files: number
  /** All files together, as a Kubernetes quantity. */
  readonly bytes: string
}

/** The volume of a Pod of ours, written and read from inside the Pod. What was read is kept in the history, outside the volume. */
export interface Volume {
  /** Writes a tree of all kinds of files that is the same for the same Pod name. Returns once it is durable. */
  fill(): Promise<void>
  /**
   * Writes a tree of so many ordinary files of mixed sizes, together `bytes`, for example `100Mi`; the same for the same Pod name. Returns
   * once it is durable.
   */
  populate(size: TreeSize): Promise<void>
  /** Changes a filled tree in every way there is. Returns once it is durable. */
  change(): Promise<void>
  /** Appends records to a log and keeps, under the label, the numbers of all that were acknowledged as durable. */
  appendRecords(label: string): Promise<MeasurementName>
  /** Reads the log back. */
  readRecords(label: string): Promise<MeasurementName>
  /** Reads every file, its content and all that is known of it. */
  readTree(label: string): Promise<MeasurementName>
  /** Reads the size of the file system, as `df` shows it. */
  readSize(label: string): Promise<MeasurementName>
  /** Writes until the file system takes no more, or until `atMost` was written, for example `704Mi`. */
  fillUp(label: string, limit: { readonly atMost: string }): Promise<MeasurementName>
  /** Tries each way of changing a filled tree, and keeps how each was answered. */
  tryToWrite(label: string): Promise<MeasurementName>
  /** Reads how far ahead the kernel reads on the block device behind the file system. */
  readReadAhead(label: string): Promise<MeasurementName>
}

const records = 200

/** The volume that a Pod of ours mounts, in the usual directory unless told otherwise. */
export function volumeIn(pod: string, fixtures: DataFixtures, directory = dataDirectory): Volume {
  const { run, keep } = workloadIn(pod, fixtures)
  const read = async (command: string, ...options: readonly string[]) => JSON.parse(await run(command, directory, ...options)) as unknown
  return {
    fill: async () => void (await run('fill', directory, String(seedOf(pod)))),
    populate: async ({ files, bytes }) =>
      void (await run('populate', directory, String(files), String(parseQuantity(bytes)), String(seedOf(pod)))),
    change: async () => void (await run('change', directory, String(seedOf(`${pod}, changed`)))),
    appendRecords: async (label) => keep('acknowledged-records', label, numbersOf(await run('append', directory, String(records)))),
    readRecords: async (label) => keep('log', label, await read('readlog')),
    readTree: async (label) => keep('tree', label, await read('manifest')),
    readSize: async (label) => keep('file-system-size', label, await read('df')),
    fillUp: async (label, { atMost }) => keep('filled-up', label, await read('fillup', String(parseQuantity(atMost)))),
    tryToWrite: async (label) => keep('write-attempts', label, await read('trywrite')),
    readReadAhead: async (label) => keep('read-ahead', label, await read('readahead')),
  }
}

function numbersOf(lines: string): readonly number[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
}
