import type { MeasurementName } from '../../engine/measurement.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from './workload-in.ts'

/** Grows the ext file system on the device that is mounted in a directory. */
const resize = 'device=$(findmnt --noheadings --output SOURCE "$1") && resize2fs "$device"'

/** Words of `resize2fs` where there is no such device, where it may not open it, and where no ext file system is on it. */
const refusals = ['No such file or directory', 'Permission denied', 'Operation not permitted', 'Bad magic number']

/** Tries to grow the file system of a Pod by hand, from inside its container, and keeps how that was answered. */
export async function growByHand(pod: string, fixtures: DataFixtures, label: string): Promise<MeasurementName> {
  const { exitCode, stderr } = await fixtures.namespace.exec(pod, ['bash', '-c', resize, 'bash', dataDirectory])
  const said = stderr.trim()
  const isRefused = refusals.some((words) => said.includes(words))
  const answer: Answered =
    exitCode === 0 ? { outcome: 'done', value: null, said: 'done' } : { outcome: isRefused ? 'refused' : 'silent', value: null, said }
  return workloadIn(pod, fixtures).keep('answer', label, answer)
}
