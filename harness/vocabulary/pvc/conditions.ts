import { field, latest, observationsOf, phaseOf, wasDeleted } from '../../engine/object.ts'
import { pvcState, pvNameOf } from './readings.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { parseQuantity } from '../../engine/quantity.ts'
import type { PvcName } from './volume/keeps-its-volume.ts'

/** A PersistentVolumeClaim is there, in whatever state. */
export const pvcPresent = defineCondition<PvcName>({
  name: 'pvc-present',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc }) => `PersistentVolumeClaim ${pvc} created`,
  holds: ({ pvc }, history) => latest(history, 'PersistentVolumeClaim', pvc) !== undefined,
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** No PersistentVolumeClaim of that name is there any more. */
export const pvcAbsent = defineCondition<PvcName>({
  name: 'pvc-absent',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc }) => `no PersistentVolumeClaim ${pvc}`,
  holds: ({ pvc }, history) => wasDeleted(history, 'PersistentVolumeClaim', pvc),
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** A PersistentVolumeClaim is there and waits for a volume. */
export const pvcPending = defineCondition<PvcName>({
  name: 'pvc-pending',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc }) => `PersistentVolumeClaim ${pvc} Pending`,
  holds: ({ pvc }, history) => field(latest(history, 'PersistentVolumeClaim', pvc), 'status', 'phase') === 'Pending',
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** A PersistentVolumeClaim was deleted and is still there. */
export const pvcTerminating = defineCondition<PvcName>({
  name: 'pvc-terminating',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc }) => `PersistentVolumeClaim ${pvc} terminating`,
  holds: ({ pvc }, history) => latest(history, 'PersistentVolumeClaim', pvc)?.metadata.deletionTimestamp !== undefined,
  unreachable: ({ pvc }, history) =>
    wasDeleted(history, 'PersistentVolumeClaim', pvc) ? `PersistentVolumeClaim ${pvc} is gone.` : undefined,
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** A PersistentVolumeClaim belongs to the Pod of that name which is there now, and will go with it. */
export const pvcOwnedBy = defineCondition<{ readonly pvc: string; readonly pod: string }>({
  name: 'pvc-owned-by',
  reads: ['PersistentVolumeClaim', 'Pod'],
  describe: ({ pvc, pod }) => `PersistentVolumeClaim ${pvc} owned by Pod ${pod}`,
  holds({ pvc, pod }, history) {
    const uid = latest(history, 'Pod', pod)?.metadata.uid
    return ownersOf(history, pvc).some((owner) => owner.kind === 'Pod' && owner.uid === uid)
  },
  unreachable({ pvc }, history) {
    const there = latest(history, 'PersistentVolumeClaim', pvc) !== undefined
    return there && ownersOf(history, pvc).length === 0 ? `PersistentVolumeClaim ${pvc} was made without an owner.` : undefined
  },
  seen({ pvc }, history) {
    const owners = ownersOf(history, pvc).map(({ kind, name }) => `${kind} ${name}`)
    return `${pvcState(history, pvc)}, ${owners.length === 0 ? 'no owner' : `owned by ${owners.join(', ')}`}`
  },
})

/** A PersistentVolumeClaim is gone and its PersistentVolume with it. */
export const volumeRemoved = defineCondition<PvcName>({
  name: 'volume-removed',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc }) => `PersistentVolumeClaim ${pvc} and its PersistentVolume gone`,
  holds({ pvc }, history) {
    const volume = pvNameOf(history, pvc)
    const known = volume !== undefined && observationsOf(history, 'PersistentVolume', volume).length > 0
    return known && latest(history, 'PersistentVolumeClaim', pvc) === undefined && latest(history, 'PersistentVolume', volume) === undefined
  },
  seen: ({ pvc }, history) => `${pvcState(history, pvc)}, ${stateOfVolume(history, pvc)}`,
})

/**
 * The PersistentVolume of a PersistentVolumeClaim is no longer claimed, and kept: its reclaim policy is Retain. Under Delete it is Released
 * in passing, too, before it is removed. See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#retain
 */
export const volumeReleased = defineCondition<PvcName>({
  name: 'volume-released',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc }) => `PersistentVolume of ${pvc} Released under Retain`,
  holds({ pvc }, history) {
    const volume = latest(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '')
    return phaseOf(volume) === 'Released' && field(volume, 'spec', 'persistentVolumeReclaimPolicy') === 'Retain'
  },
  unreachable({ pvc }, history) {
    const volume = pvNameOf(history, pvc) ?? ''
    const last = observationsOf(history, 'PersistentVolume', volume).at(-1)
    return last?.event === 'DELETED' ? `PersistentVolume ${volume} of ${pvc} is gone.` : undefined
  },
  seen: ({ pvc }, history) => stateOfVolume(history, pvc),
})

/** PersistentVolumeClaims are Bound and not being deleted. */
export const pvcsBound = defineCondition<{ readonly pvcs: readonly string[] }>({
  name: 'pvcs-bound',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvcs }) => `${pvcs.join(', ')} Bound`,
  holds: ({ pvcs }, history) => pvcs.every((pvc) => isBound(history, pvc)),
  seen: ({ pvcs }, history) => pvcs.map((pvc) => pvcState(history, pvc)).join(', '),
})

/** The capacity of a PersistentVolumeClaim is at least a size. */
export const pvcExpanded = defineCondition<{ readonly pvc: string; readonly to: string }>({
  name: 'pvc-expanded',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, to }) => `capacity of PersistentVolumeClaim ${pvc} at ${to}`,
  holds({ pvc, to }, history) {
    const capacity = field(latest(history, 'PersistentVolumeClaim', pvc), 'status', 'capacity', 'storage')
    return typeof capacity === 'string' && parseQuantity(capacity) >= parseQuantity(to)
  },
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** A PersistentVolumeClaim asks for exactly a size and has at least that capacity. */
export const pvcSized = defineCondition<{ readonly pvc: string; readonly size: string }>({
  name: 'pvc-sized',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, size }) => `request and capacity of PersistentVolumeClaim ${pvc} at ${size}`,
  holds({ pvc, size }, history) {
    const object = latest(history, 'PersistentVolumeClaim', pvc)
    const [request, capacity] = [field(object, 'spec', 'resources', 'requests', 'storage'), field(object, 'status', 'capacity', 'storage')]
    if (typeof request !== 'string' || typeof capacity !== 'string') return false
    return parseQuantity(request) === parseQuantity(size) && parseQuantity(capacity) >= parseQuantity(size)
  },
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** The volume of a PersistentVolumeClaim has the attributes of a VolumeAttributesClass, as Kubernetes says. */
export const volumeModified = defineCondition<{ readonly pvc: string; readonly volumeAttributesClass: string }>({
  name: 'volume-modified',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, volumeAttributesClass }) => `VolumeAttributesClass ${volumeAttributesClass} current for ${pvc}`,
  holds: ({ pvc, volumeAttributesClass }, history) => currentClass(history, pvc) === volumeAttributesClass,
  seen: ({ pvc }, history) => `${pvcState(history, pvc)}, VolumeAttributesClass ${String(currentClass(history, pvc))}`,
})

function isBound(history: readonly HistoryEntry[], pvc: string): boolean {
  const object = latest(history, 'PersistentVolumeClaim', pvc)
  return object?.metadata.deletionTimestamp === undefined && field(object, 'status', 'phase') === 'Bound'
}

function ownersOf(history: readonly HistoryEntry[], pvc: string) {
  return latest(history, 'PersistentVolumeClaim', pvc)?.metadata.ownerReferences ?? []
}

function currentClass(history: readonly HistoryEntry[], pvc: string): unknown {
  return field(latest(history, 'PersistentVolumeClaim', pvc), 'status', 'currentVolumeAttributesClassName')
}

function stateOfVolume(history: readonly HistoryEntry[], pvc: string): string {
  const volume = pvNameOf(history, pvc)
  const object = volume === undefined ? undefined : latest(history, 'PersistentVolume', volume)
  return object === undefined
    ? 'no PersistentVolume'
    : `PersistentVolume ${object.metadata.name} ${String(field(object, 'status', 'phase'))}`
}
