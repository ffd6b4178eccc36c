/** What a CSI driver of ours was called for, as its call log has it. */
export interface LoggedCall {
  /** When the call arrived, ISO 8601. */
  readonly at: string
  readonly method: string
  /** gRPC status code. */
  readonly code: string
  readonly request?: { readonly name?: string; readonly group_snapshot_id?: string } | undefined
  readonly response?: { readonly group_snapshot?: GroupSnapshot } | undefined
  readonly volumeId?: string
  readonly snapshotId?: string
}

/** The answer to a CreateVolumeGroupSnapshot. */
interface GroupSnapshot {
  readonly group_snapshot_id: string
  readonly snapshots: readonly { readonly snapshot_id: string }[]
}

/** What is there at the end of a run, on both sides: what the API server knows, and what the driver and the nodes still have. */
export interface Remains {
  /** Handles of the PersistentVolumes of the driver, by name. */
  readonly volumes: ReadonlyMap<string, string>
  /** Handles in VolumeSnapshotContents and VolumeGroupSnapshotContents of the driver. */
  readonly snapshots: ReadonlySet<string>
  /** Names of the PersistentVolumes for which there is a VolumeAttachment. */
  readonly attached: ReadonlySet<string>
  /** Ids of volumes that the driver has a record or an image of. */
  readonly volumesInDriver: ReadonlySet<string>
  /** The same of snapshots. */
  readonly snapshotsInDriver: ReadonlySet<string>
  /** Loop devices and mounts by the id of the volume behind each, in words: `loop device loop4`, `mount /… on node kind-worker`. */
  readonly uses: readonly { readonly volume: string; readonly what: string }[]
}

/**
 * Accounts for every call of a run that made something: what was made is known to the API server, or deleted by a call that succeeded and
 * gone from the driver. Returns a sentence for each leak.
 */
export function leaksOf(logged: readonly LoggedCall[], remains: Remains): readonly string[] {
  const calls = [...logged, ...callsForMembers(logged)]
  const { volumes, snapshots, volumesInDriver, snapshotsInDriver } = remains
  return [
    ...unaccounted('volume', calls, { known: new Set(volumes.values()), inDriver: volumesInDriver }),
    ...unaccounted('snapshot', calls, { known: snapshots, inDriver: snapshotsInDriver }),
    ...missing(calls, remains),
    ...stillUsed(calls, remains),
  ]
}

/** What a call makes and another deletes, and the object that names it meanwhile. */
const storage = {
  volume: { made: 'CreateVolume', deleted: 'DeleteVolume', object: 'PersistentVolume', under: 'made for' },
  snapshot: { made: 'CreateSnapshot', deleted: 'DeleteSnapshot', object: 'VolumeSnapshotContent', under: 'made as' },
} as const

/** What was called for group snapshots, as the same calls for each of their snapshots, which are deleted with the group. */
function callsForMembers(calls: readonly LoggedCall[]): readonly LoggedCall[] {
  const groups = calls.flatMap(({ response }) => response?.group_snapshot ?? [])
  const members = new Map(groups.map((group) => [group.group_snapshot_id, group.snapshots.map(({ snapshot_id }) => snapshot_id)]))
  return calls.flatMap((call) => {
    const { method, request, response } = call
    const asMembers = (as: string, group: string | undefined) =>
      (members.get(group ?? '') ?? []).map((snapshotId): LoggedCall => ({ ...call, method: as, snapshotId }))
    if (method === 'CreateVolumeGroupSnapshot') return asMembers(storage.snapshot.made, response?.group_snapshot?.group_snapshot_id)
    return method === 'DeleteVolumeGroupSnapshot' ? asMembers(storage.snapshot.deleted, request?.group_snapshot_id) : []
  })
}

interface Whereabouts {
  readonly known: ReadonlySet<string>
  readonly inDriver: ReadonlySet<string>
}

function unaccounted(kind: keyof typeof storage, calls: readonly LoggedCall[], { known, inDriver }: Whereabouts): readonly string[] {
  const { made: create, deleted, object, under } = storage[kind]
  return made(calls, create).flatMap(({ id, name }) => {
    if (known.has(id)) return []
    const what = `${kind} ${id}, ${under} ${name}`
    const deletions = calls.filter(({ method, volumeId, snapshotId }) => method === deleted && (volumeId === id || snapshotId === id))
    const isAnswered = deletions.some(({ code }) => code === 'OK')
    if (!inDriver.has(id)) return isAnswered ? [] : [`No ${deleted} succeeded for ${what}, which no ${object} names.`]
    return [
      isAnswered
        ? `The CSI driver answered that it deleted ${what}, and still has it.`
        : `The CSI driver still has ${what}, which no ${object} names and ${deletions.length === 0 ? 'nobody asked it to delete' : 'which it failed to delete'}.`,
    ]
  })
}

/** PersistentVolumes of what was made in the run, and is not there. */
function missing(calls: readonly LoggedCall[], { volumes, volumesInDriver }: Remains): readonly string[] {
  const ids = new Set(made(calls, 'CreateVolume').map(({ id }) => id))
  const lost = [...volumes].filter(([, handle]) => ids.has(handle) && !volumesInDriver.has(handle))
  return lost.map(([name, handle]) => `PersistentVolume ${name} names volume ${handle}, which the CSI driver does not have.`)
}

/** What still holds a volume of the run that is attached to no node. */
function stillUsed(calls: readonly LoggedCall[], { volumes, attached, uses }: Remains): readonly string[] {
  const ids = new Set(calls.flatMap(({ volumeId }) => (volumeId === undefined ? [] : [volumeId])))
  const names = new Map([...volumes].map(([name, handle]) => [handle, name]))
  const left = uses.filter(({ volume }) => ids.has(volume) && !attached.has(names.get(volume) ?? ''))
  return left.map(({ volume, what }) => `There still is ${what} of volume ${volume}, which is attached to no node.`)
}

/** What calls of a method made, each once, with the name that it was made under. */
function made(calls: readonly LoggedCall[], method: string) {
  const answered = calls.filter((call) => call.method === method && call.code === 'OK')
  // A volume that is restored from a snapshot is logged with the id of both.
  const idOf = ({ volumeId = '', snapshotId = '' }: LoggedCall) => (method === 'CreateVolume' ? volumeId : snapshotId)
  const once = new Map(answered.map((call) => [idOf(call), call.request?.name ?? 'nobody']))
  return [...once].map(([id, name]) => ({ id, name }))
}
