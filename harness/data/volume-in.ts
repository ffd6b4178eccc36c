import { Inconclusive } from '../errors.ts'
import type { ObjectRef } from '../history-entry.ts'
import { dataDirectory } from '../objects/workload-container.ts'
import type { MeasurementName } from '../checks/trees-equal.ts'

/** What is needed of the fixtures to work on the data of a Pod. */
export interface DataFixtures {
  readonly namespace: {
    exec(pod: string, command: readonly string[]): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>
  }
  measure(what: string, label: string, of: { readonly subject: ObjectRef; readonly value: unknown }): unknown
}

/** The volume of a Pod of ours, written and read from inside the Pod. What was read is kept in the history, outside the volume. */
export interface Volume {
  /** Writes a tree of all kinds of files that is the same for the same Pod name. Returns once it is durable. */
  fill(): Promise<void>
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
}

const records = 200

/** The volume that a Pod of ours mounts. */
export function volumeIn(pod: string, { namespace, measure }: DataFixtures): Volume {
  const run = async (...words: readonly string[]): Promise<string> => {
    const [command = '', ...options] = words
    const { exitCode, stdout, stderr } = await namespace.exec(pod, [
      'node',
      '/opt/holdfast/workload.mjs',
      command,
      dataDirectory,
      ...options,
    ])
    if (exitCode === 0) return stdout
    const actual = stderr.trim().split('\n').at(-1) ?? ''
    throw new Inconclusive().tell({ reason: { summary: `Pod ${pod} could not ${command} its data (exit code ${exitCode}).`, actual } })
  }
  const keep = (what: string, label: string, value: unknown): MeasurementName => {
    measure(what, label, { subject: { kind: 'Pod', name: pod }, value })
    return { pod, label }
  }
  return {
    fill: async () => void (await run('fill', String(seedOf(pod)))),
    change: async () => void (await run('change', String(seedOf(`${pod}, changed`)))),
    appendRecords: async (label) => keep('acknowledged-records', label, numbersOf(await run('append', String(records)))),
    readRecords: async (label) => keep('log', label, JSON.parse(await run('readlog'))),
    readTree: async (label) => keep('tree', label, JSON.parse(await run('manifest'))),
    readSize: async (label) => keep('file-system-size', label, JSON.parse(await run('df'))),
  }
}

function numbersOf(lines: string): readonly number[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
}

/** A small number made from a text, so that no two Pods write the same content. */
function seedOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7)
}
