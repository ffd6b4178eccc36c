import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { field } from '../../../engine/object.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'

/** Folders of the CSI driver: images of volumes and of snapshots, and what it knows of each snapshot. */
const folders = { volumes: 'volumes', snapshots: 'snapshots', records: 'state/snapshots' } as const

/**
 * Removes what the storage system below a CSI driver of ours keeps of a volume and of its snapshots, as if its disks were lost: the
 * driver goes on to believe in them. Returns the files. Throws `Inconclusive` where they cannot be reached.
 */
export function loseStorage({ callLogDirectory }: Pick<ClusterRecord, 'callLogDirectory'>, handle: string): readonly string[] {
  const directory = callLogDirectory === null ? '' : dirname(callLogDirectory)
  const records = join(directory, folders.records)
  if (callLogDirectory === null || !existsSync(records))
    throw new Inconclusive().withDetails({
      reason: { summary: `The files of the CSI driver are out of reach: the storage of ${handle} cannot be lost.` },
    })
  const snapshots = readdirSync(records)
    .map((file): unknown => JSON.parse(readFileSync(join(records, file), 'utf8')))
    .filter((record) => field(record, 'sourceVolumeId') === handle)
    .map((record) => join(folders.snapshots, `${String(field(record, 'id'))}.img`))
  const files = [join(folders.volumes, `${handle}.img`), ...snapshots].filter((file) => existsSync(join(directory, file)))
  for (const file of files) rmSync(join(directory, file))
  return files
}
