import type { MeasurementName } from '../../engine/measurement.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from './workload-in.ts'

/** File that fills a volume up: the one that `fillUp` writes. */
const fillingFile = `${dataDirectory}/filled-up`

/** Command that deletes what fills a volume up. */
export const deleteFilling: readonly string[] = ['rm', fillingFile]

const script = 'head -c 8M /dev/zero > "$1" && sync "$1"; code=$?; rm -f "$1"; exit $code'

/** Tries to store 8 MiB more in the volume of a Pod, removes them again, and keeps whether there was room. */
export async function tryToStore(pod: string, fixtures: DataFixtures, label: string): Promise<MeasurementName> {
  const { exitCode, stderr } = await fixtures.namespace.exec(pod, ['bash', '-c', script, 'bash', `${dataDirectory}/more`])
  const said = stderr.trim()
  const answer: Answered =
    exitCode === 0
      ? { outcome: 'done', value: null, said: 'done' }
      : { outcome: said.includes('No space left on device') ? 'refused' : 'silent', value: null, said }
  return workloadIn(pod, fixtures).keep('answer', label, answer)
}
