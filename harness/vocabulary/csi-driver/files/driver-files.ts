import { accessSync, constants, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'

/** What the CSI driver keeps of some volumes. */
export interface DriverFiles {
  /** Handles of volumes and snapshots that were looked for. */
  readonly handles: readonly string[]
  /** Files that are there, below the driver's directory; null where it cannot be read. */
  readonly left: readonly string[] | null
}

/** Folders of the driver's directory with one image for each volume and each snapshot. */
const folders = ['volumes', 'snapshots'] as const

/** Looks for the files of volumes and snapshots in the directory of a CSI driver that keeps its call log there. */
export function driverFiles({ callLogDirectory }: Pick<ClusterRecord, 'callLogDirectory'>, handles: readonly string[]): DriverFiles {
  if (callLogDirectory === null) return { handles, left: null }
  const directory = dirname(callLogDirectory)
  try {
    for (const folder of folders) accessSync(join(directory, folder), constants.R_OK | constants.X_OK)
  } catch {
    return { handles, left: null }
  }
  return { handles, left: handles.flatMap((handle) => globSync(`{${folders.join(',')}}/*${handle}*`, { cwd: directory })) }
}
