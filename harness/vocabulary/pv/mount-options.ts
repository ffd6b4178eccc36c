import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** Keeps the options with which the volume of a Pod of ours is mounted, as its kernel tells them. */
export async function readMountOptions(pod: string, fixtures: DataFixtures, label: string): Promise<MeasurementName> {
  const { stdout } = await fixtures.namespace.exec(pod, ['cat', '/proc/mounts'])
  const mounts = stdout.split('\n').map((line) => line.split(' '))
  const options = mounts.findLast(([, directory]) => directory === dataDirectory)?.[3]
  if (options === undefined)
    throw new Inconclusive().withDetails({ reason: { summary: `Pod ${pod} has nothing mounted at ${dataDirectory}.` } })
  return workloadIn(pod, fixtures).keep('mount-options', label, options.split(','))
}
