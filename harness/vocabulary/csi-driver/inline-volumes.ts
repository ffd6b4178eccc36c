import { accessSync, constants, globSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { catchUpOn } from '../../engine/judge/catch-up-on.ts'
import { observationsOf } from '../../engine/object.ts'
import { driverCalls } from './calls/driver-calls.ts'
import type { DriverCall } from './calls/driver-calls-of.ts'
import type { DriverFixtures } from './driver-fixtures.ts'

/** What a CSI driver of ours was asked about a Pod, and all inline volumes that it has, whoever asked for them. */
export interface InlineVolumes {
  /** Calls that name the Pod by its UID, in order of time. */
  readonly calls: readonly DriverCall[]
  /** Inline volumes that the driver knows: its id of each, and the one it was asked with. */
  readonly known: readonly { readonly id: string; readonly volumeId: string }[]
  /** Ids of the volumes that have an image. */
  readonly images: readonly string[]
}

/** Names what was read of the inline volumes of a CSI driver when a Pod was looked at. */
export interface InlineRead {
  readonly pod: string
  readonly label: string
}

/**
 * Keeps, in the history, what a CSI driver of ours was asked about the Pod of a name that was seen last, and which inline volumes it has;
 * null where its directory cannot be read. Throws `Inconclusive` when the watch of Pods cannot catch up.
 */
export async function measureInlineVolumes(
  label: string,
  { cluster: { callLogDirectory }, history, measure }: Pick<DriverFixtures, 'cluster' | 'history' | 'measure'>,
  pod: string,
): Promise<InlineRead> {
  await catchUpOn(history, ['Pod'])
  const uid = observationsOf(history.entries, 'Pod', pod).at(-1)?.object.metadata.uid
  const value = callLogDirectory === null || uid === undefined ? null : inlineVolumes(callLogDirectory, uid)
  measure('driver-inline-volumes', label, { subject: { kind: 'Pod', name: pod, ...(uid !== undefined && { uid }) }, value })
  return { pod, label }
}

function inlineVolumes(callLogDirectory: string, uid: string): InlineVolumes | null {
  const [records, images] = ['state/ephemeral', 'ephemeral'].map((folder) => join(dirname(callLogDirectory), folder))
  if (records === undefined || images === undefined) return null
  try {
    for (const folder of [records, images]) accessSync(folder, constants.R_OK | constants.X_OK)
  } catch {
    return null
  }
  const known = globSync('*.json', { cwd: records }).flatMap((file) => recordIn(join(records, file)))
  const found = globSync('*', { cwd: images }).map((file) => basename(file, extname(file)))
  const calls = driverCalls(callLogDirectory, new Set([uid])).map(({ line }) => JSON.parse(line) as DriverCall)
  return { calls, known, images: [...new Set(found)].toSorted() }
}

/** The record of an inline volume; none where the driver removes it at this moment. */
function recordIn(file: string): InlineVolumes['known'] {
  try {
    const { id, volumeId }: { readonly id: string; readonly volumeId: string } = JSON.parse(readFileSync(file, 'utf8'))
    return [{ id, volumeId }]
  } catch {
    return []
  }
}
