import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FaultSetting } from '../fault-setting.ts'
import type { FileSystemType } from './file-system.ts'
import { withLocks } from './locks.ts'
import { openRecords, type Records } from './records.ts'

/** One volume attached to one node. */
export interface Attachment {
  readonly nodeId: string
  readonly accessMode: string
  readonly readonly: boolean
  readonly at: string
  /** The volume whose image is served: the volume itself, unless a fault says otherwise. */
  readonly serves: string
}

/** Source of a volume's initial content. */
export interface ContentSource {
  readonly kind: 'snapshot' | 'volume'
  readonly id: string
}

/** How a volume is used: as a file system or as a raw block device. */
export type Access = { readonly type: 'mount'; readonly fsType: FileSystemType } | { readonly type: 'block' }

/** Topology keys and values, as in csi.v1.Topology. */
export type Segments = Readonly<Record<string, string>>

/** Parameters that a VolumeAttributesClass can change. */
export interface Mutable {
  /** Read-ahead of the block device, in KiB. */
  readonly readAheadKiB: number
  readonly fault: FaultSetting | null
}

/** One volume, as `state/volumes/<id>.json` keeps it. Only the controller writes it. */
export interface VolumeRecord {
  readonly id: string
  readonly name: string
  readonly capacityBytes: number
  readonly createdAt: string
  readonly source: ContentSource | null
  readonly access: Access
  /** Accessible topology of the volume; empty when every node can reach it. */
  readonly topology: readonly Segments[]
  readonly placement: Placement
  /** The fault that the StorageClass asked for; one set later by a VolumeAttributesClass goes before it. */
  readonly fault: FaultSetting | null
  readonly mutable: Mutable
  readonly attachedTo: readonly Attachment[]
}

/** Where the data of a volume is: with all nodes, with one node, with one zone. */
export type Placement = 'movable' | 'node-local' | 'zone-local'

/** One snapshot, as `state/snapshots/<id>.json` keeps it. */
export interface SnapshotRecord {
  readonly id: string
  readonly name: string
  readonly sourceVolumeId: string
  readonly sizeBytes: number
  /** The instant at which the file system stood still. */
  readonly createdAt: string
  readonly access: Access
  readonly fault: FaultSetting | null
  /** The group snapshot it belongs to. */
  readonly groupId: string | null
}

/** One group snapshot, as `state/groups/<id>.json` keeps it: written once all its snapshots are. */
export interface GroupRecord {
  readonly id: string
  readonly name: string
  readonly snapshotIds: readonly string[]
  readonly createdAt: string
}

/** One node that has introduced itself, as `state/nodes/<id>.json` keeps it. */
export interface NodeRecord {
  readonly id: string
  readonly zone: string
  /** Most volumes that may be attached to it. */
  readonly maxVolumes: number
  readonly faults: boolean
  readonly startedAt: string
}

/** One volume staged on one node, as `state/staged/<volume id>.<node id>.json` keeps it from before the mount until after the unmount. */
export interface StagedRecord {
  readonly volumeId: string
  readonly nodeId: string
  readonly path: string
  readonly serves: string
  readonly access: Access
}

/** One CSI ephemeral inline volume, as `state/ephemeral/<id>.json` keeps it. */
export interface EphemeralRecord {
  readonly id: string
  readonly volumeId: string
  readonly nodeId: string
  readonly fsType: FileSystemType
  readonly sizeBytes: number
}

/** The directory on the host that every process of the driver shares. */
export interface DataDirectory {
  readonly root: string
  readonly callLogs: string
  readonly volumes: Records<VolumeRecord>
  readonly snapshots: Records<SnapshotRecord>
  readonly groups: Records<GroupRecord>
  readonly nodes: Records<NodeRecord>
  readonly staged: Records<StagedRecord>
  readonly ephemeral: Records<EphemeralRecord>
  /** Volumes whose file system is being frozen, so that it is thawed whatever happens to the process that froze it. */
  readonly frozen: Records<{ readonly at: string }>
  /** How often a fault made a call fail so far. */
  readonly faultCounts: Records<{ readonly count: number }>
  readonly volumeImage: (volumeId: string) => string
  readonly snapshotImage: (snapshotId: string) => string
  readonly ephemeralImage: (ephemeralId: string) => string
  /** Directory in which the fault `fsync-lies` keeps the content of a volume at staging time. */
  readonly staleImage: (volumeId: string) => string
  /** Where a node makes the mounts of a volume read-only before they appear in a Pod. */
  readonly readOnlyMount: (volumeId: string, nodeId: string) => string
  /** Runs work alone on these volumes, snapshots or nodes, across all processes. */
  readonly lock: <T>(names: readonly string[], work: () => Promise<T>) => Promise<T>
}

/** Folders of images below a data directory. */
export const imageFolders = ['volumes', 'snapshots', 'ephemeral', 'stale'] as const

const recordFolders = ['volumes', 'snapshots', 'groups', 'nodes', 'staged', 'ephemeral', 'frozen', 'fault-counts'] as const

/** Opens a data directory, making what is missing of it. */
export async function openDataDirectory(root: string): Promise<DataDirectory> {
  const folders = [...imageFolders, 'calls', ...recordFolders.map((folder) => `state/${folder}`), 'state/read-only', 'state/locks']
  // Who runs the cluster reads the call logs, and need not be root.
  for (const folder of folders) await mkdir(join(root, folder), { recursive: true, mode: folder === 'calls' ? 0o755 : 0o700 })
  const records = <T>(folder: (typeof recordFolders)[number]): Records<T> => openRecords(join(root, 'state', folder))
  const image = (folder: (typeof imageFolders)[number]) => (id: string) => join(root, folder, `${id}.img`)
  return {
    root,
    callLogs: join(root, 'calls'),
    volumes: records('volumes'),
    snapshots: records('snapshots'),
    groups: records('groups'),
    nodes: records('nodes'),
    staged: records('staged'),
    ephemeral: records('ephemeral'),
    frozen: records('frozen'),
    faultCounts: records('fault-counts'),
    volumeImage: image('volumes'),
    snapshotImage: image('snapshots'),
    ephemeralImage: image('ephemeral'),
    staleImage: image('stale'),
    readOnlyMount: (volumeId, nodeId) => join(root, 'state/read-only', `${volumeId}.${nodeId}`),
    lock: (names, work) => withLocks(join(root, 'state/locks'), names, work),
  }
}
