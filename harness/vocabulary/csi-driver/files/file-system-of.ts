import { closeSync, openSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { observationsOf } from '../../../engine/object.ts'
import { pvNameOf } from '../../pvc/readings.ts'
import { volumeHandleOf } from '../../pvc/volume/volume-source.ts'
import { catchUpOn } from '../../../engine/judge/catch-up-on.ts'
import type { DriverFixtures } from '../driver-fixtures.ts'

/**
 * The beginning of the image of a volume: the UUID of the file system in it, `none` before it was formatted, null where it cannot be read.
 */
export type FoundFileSystem = string | null

/** Names what was read of the file system of a volume. */
export interface FileSystemRead {
  readonly pvc: string
  readonly label: string
}

/** Where an xfs file system says what it is, and where its UUID is. */
const superblock = { bytes: 48, magic: 'XFSB', uuid: [32, 48] } as const

/**
 * Keeps, in the history, which file system is in the image of the volume of a PVC, read where a CSI driver of ours keeps it. Throws
 * `Inconclusive` when a watch that tells which volume that is cannot catch up.
 */
export async function measureFileSystem(
  label: string,
  { cluster, history, measure }: Pick<DriverFixtures, 'cluster' | 'history' | 'measure'>,
  pvc: string,
): Promise<FileSystemRead> {
  await catchUpOn(history, ['PersistentVolumeClaim', 'PersistentVolume'])
  const seen = observationsOf(history.entries, 'PersistentVolume', pvNameOf(history.entries, pvc) ?? '')
  const handle = seen.map(({ object }) => volumeHandleOf(object)).findLast((one) => one !== undefined)
  const { callLogDirectory } = cluster
  const value =
    callLogDirectory === null || handle === undefined ? null : fileSystemIn(join(dirname(callLogDirectory), 'volumes', `${handle}.img`))
  measure('file-system', label, { subject: { kind: 'PersistentVolumeClaim', name: pvc }, value })
  return { pvc, label }
}

/** The UUID of the xfs file system in an image; `none` in one that begins with zeros, null for anything else or no image at all. */
export function fileSystemIn(image: string): FoundFileSystem {
  const begin = Buffer.alloc(superblock.bytes)
  try {
    const file = openSync(image, 'r')
    try {
      readSync(file, begin, 0, superblock.bytes, 0)
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
  if (begin.every((byte) => byte === 0)) return 'none'
  return begin.toString('latin1', 0, superblock.magic.length) === superblock.magic ? begin.toString('hex', ...superblock.uuid) : null
}
