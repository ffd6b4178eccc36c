import { accessSync, constants, globSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { DriverFixtures } from '../driver-fixtures.ts'

/** Where a CSI driver of ours keeps its volumes: the image of each, and what it knows of each. */
const folders = ['volumes', 'state/volumes'] as const

/** Names what was read of all volumes of the CSI driver. */
export interface VolumesRead {
  readonly namespace: string
  readonly label: string
}

/**
 * Keeps, in the history, the ids of all volumes that a CSI driver of ours has or knows, whoever asked for them; null where its directory
 * cannot be read.
 */
export function measureDriverVolumes(
  label: string,
  { cluster: { callLogDirectory }, namespace, measure }: Pick<DriverFixtures, 'cluster' | 'namespace' | 'measure'>,
): VolumesRead {
  const value = callLogDirectory === null ? null : volumesBelow(dirname(callLogDirectory))
  measure('driver-volumes', label, { subject: { kind: 'Namespace', name: namespace.name }, value })
  return { namespace: namespace.name, label }
}

/** Ids of the volumes in the directory of a driver, in order. */
function volumesBelow(directory: string): readonly string[] | null {
  try {
    for (const folder of folders) accessSync(join(directory, folder), constants.R_OK | constants.X_OK)
  } catch {
    return null
  }
  const files = globSync(`{${folders.join(',')}}/*.{img,json}`, { cwd: directory })
  return [...new Set(files.map((file) => basename(file, extname(file))))].toSorted()
}
