import { Inconclusive } from '../../engine/judge/errors.ts'
import type { MeasurementName } from '../../engine/measurement.ts'
import { blockDevice } from '../pod/builders/workload-container.ts'
import type { Signatures } from './device.ts'
import { type DataFixtures, seedOf, workloadIn } from './workload-in.ts'

/** The volume of a Pod of ours that is a block device. What was read is kept in the history, outside the volume. */
export interface Device {
  /** Writes over the beginning of the device. Returns once it is durable. */
  writePattern(): Promise<void>
  /** Reads the size of the device, and the beginning of its content. */
  read(label: string): Promise<MeasurementName>
  /** Searches the device for file systems and partition tables. */
  readSignatures(label: string): Promise<MeasurementName>
}

/** The block device that a Pod of ours holds. */
export function deviceIn(pod: string, fixtures: DataFixtures): Device {
  const { run, keep } = workloadIn(pod, fixtures)
  return {
    writePattern: async () => void (await run('pattern', blockDevice, String(seedOf(pod)))),
    read: async (label) => keep('device', label, JSON.parse(await run('device', blockDevice))),
    async readSignatures(label) {
      const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, ['wipefs', '--noheadings', '--output', 'TYPE', blockDevice])
      if (exitCode !== 0)
        throw new Inconclusive().withDetails({
          reason: { summary: `Pod ${pod} could not search its block device (exit code ${exitCode}).`, actual: stderr.trim() },
        })
      const types = stdout.split('\n').filter((type) => type.trim() !== '')
      return keep('signatures', label, { device: blockDevice, types } satisfies Signatures)
    },
  }
}
