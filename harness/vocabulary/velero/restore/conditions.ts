import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import { field, wasDeleted } from '../../../engine/object.ts'
import { endOf, type RequestPhase, stateOfRequest, wasIn } from '../requests.ts'

/** A Restore was seen in a phase. */
export const restoreReached = defineCondition<{ readonly restore: string; readonly phase: RequestPhase }>({
  name: 'restore-reached',
  reads: ['Restore'],
  describe: ({ restore, phase }) => `Restore ${restore} ${phase}`,
  holds: ({ restore, phase }, history) => wasIn(history, { kind: 'Restore', name: restore, phase }),
  unreachable: ({ restore }, history) => endOf(history, 'Restore', restore),
  seen: ({ restore }, history) => stateOfRequest(history, 'Restore', restore),
})

/** A Restore was there and is no more. */
export const restoreRemoved = defineCondition<{ readonly restore: string }>({
  name: 'restore-removed',
  reads: ['Restore'],
  describe: ({ restore }) => `Restore ${restore} gone`,
  holds: ({ restore }, history) => wasDeleted(history, 'Restore', restore),
  seen: ({ restore }, history) => stateOfRequest(history, 'Restore', restore),
})

/** A namespace is gone, and with it all Pods, PersistentVolumeClaims, PersistentVolumes and VolumeSnapshots of it that were seen. */
export const namespaceDestroyed = defineCondition<{ readonly namespace: string }>({
  name: 'namespace-destroyed',
  reads: ['Namespace', 'Pod', 'PersistentVolumeClaim', 'PersistentVolume', 'VolumeSnapshot'],
  describe: ({ namespace }) => `nothing left of namespace ${namespace}`,
  holds: ({ namespace }, history) => wasDeleted(history, 'Namespace', namespace) && leftOf(history, namespace).length === 0,
  seen({ namespace }, history) {
    const left = leftOf(history, namespace)
    return left.length === 0 ? 'no Namespace was seen' : `left: ${left.slice(0, 5).join(', ')}${left.length > 5 ? ', …' : ''}`
  },
})

function leftOf(history: readonly HistoryEntry[], namespace: string): readonly string[] {
  const there = new Map<string, string>()
  for (const entry of history) {
    if (entry.type !== 'observation' || namespaceOf(entry) !== namespace) continue
    const { name, uid } = entry.object.metadata
    if (entry.event === 'DELETED') there.delete(uid)
    else there.set(uid, `${entry.kind} ${name}`)
  }
  return [...there.values()]
}

/** The namespace with which an object is to go, or undefined for kinds that are not looked at. */
function namespaceOf({ kind, object }: Observation): unknown {
  switch (kind) {
    case 'Namespace':
      return object.metadata.name
    case 'PersistentVolume':
      return field(object, 'spec', 'claimRef', 'namespace')
    case 'Pod':
    case 'PersistentVolumeClaim':
    case 'VolumeSnapshot':
      return object.metadata.namespace
    default:
      return undefined
  }
}
