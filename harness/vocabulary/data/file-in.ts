import type { MeasurementName } from '../../engine/measurement.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from './workload-in.ts'

/** One file in a Pod, read from inside the Pod. What was read is kept in the history, outside the volume. */
export interface TextFile {
  /** Keeps the text of the file without the line break at its end, or that there is no such file. */
  read(label: string): Promise<MeasurementName>
  /** Makes the file, removes it again, and keeps how that was answered. */
  tryToMake(label: string): Promise<MeasurementName>
}

/** The file of a path in a Pod of ours. */
export function fileIn(pod: string, fixtures: DataFixtures, path: string): TextFile {
  return {
    async read(label) {
      const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, ['cat', path])
      const answer: Answered =
        exitCode === 0
          ? { outcome: 'done', value: stdout.trimEnd(), said: 'done' }
          : { outcome: stderr.includes('No such file') ? 'done' : 'silent', value: null, said: stderr.trim() }
      return workloadIn(pod, fixtures).keep('answer', label, answer)
    },
    async tryToMake(label) {
      const { exitCode, stderr } = await fixtures.namespace.exec(pod, ['bash', '-c', 'touch "$1" && rm "$1"', 'bash', path])
      const answer: Answered =
        exitCode === 0
          ? { outcome: 'done', value: null, said: 'done' }
          : { outcome: stderr.includes('Read-only file system') ? 'refused' : 'silent', value: null, said: stderr.trim() }
      return workloadIn(pod, fixtures).keep('answer', label, answer)
    },
  }
}
