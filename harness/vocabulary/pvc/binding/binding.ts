import { field, latest, observationsOf, phaseOf, wasDeleted } from '../../../engine/object.ts'
import { isWarned, type Warning } from '../../event/is-warned.ts'
import { pvcState, pvNameOf } from '../readings.ts'
import type { PvcName } from '../volume/keeps-its-volume.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'

/** PersistentVolumeClaims are all there, and in one phase. */
export const pvcsIn = defineCondition<{ readonly pvcs: readonly string[]; readonly phase: 'Pending' | 'Bound' | 'Lost' }>({
  name: 'pvcs-in',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvcs, phase }) => `${pvcs.join(', ')} ${phase}`,
  holds: ({ pvcs, phase }, history) => pvcs.every((pvc) => phaseOf(latest(history, 'PersistentVolumeClaim', pvc)) === phase),
  seen: ({ pvcs }, history) => pvcs.map((pvc) => pvcState(history, pvc)).join(', '),
})

/**
 * PersistentVolumeClaims are Bound, and so are their PersistentVolumes. Stored runs name it; suites ask for Bound PVCs, and checks read
 * both.
 * @public
 */
export const boundBothWays = defineCondition<{ readonly pvcs: readonly string[] }>({
  name: 'bound-both-ways',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvcs }) => `${pvcs.join(', ')} and their PersistentVolumes Bound`,
  holds: ({ pvcs }, history) => pvcs.every((pvc) => bothOf(history, pvc).every((object) => phaseOf(object) === 'Bound')),
  seen: ({ pvcs }, history) =>
    pvcs.map((pvc) => `${pvcState(history, pvc)}, ${volumeState(history, pvNameOf(history, pvc) ?? '')}`).join(', '),
})

/** A PersistentVolumeClaim waits for a provisioner of that name. */
export const provisionerAsked = defineCondition<PvcName & { readonly provisioner: string }>({
  name: 'provisioner-asked',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, provisioner }) => `${pvc} waiting for ${provisioner}`,
  holds: ({ pvc, provisioner }, history) => provisionerOf(history, pvc) === provisioner,
  unreachable({ pvc, provisioner }, history) {
    const other = provisionerOf(history, pvc)
    return other === undefined || other === provisioner ? undefined : `PersistentVolumeClaim ${pvc} asks for ${other}.`
  },
  seen: ({ pvc }, history) => `${pvcState(history, pvc)}, provisioner ${provisionerOf(history, pvc) ?? 'not named'}`,
})

/** A component warned of a PersistentVolumeClaim: it tried to make its volume and could not. */
export const pvcWarned = defineCondition<PvcName & Warning>({
  name: 'pvc-warned',
  reads: ['Event'],
  describe: ({ pvc, by }) => `a warning of ${by} about PersistentVolumeClaim ${pvc}`,
  holds: ({ pvc, by }, history) => isWarned(history, pvc, by),
  seen: ({ pvc }, history) => pvcState(history, pvc),
})

/** PersistentVolumes are all there, and in one phase. */
export const volumesIn = defineCondition<{ readonly volumes: readonly string[]; readonly phase: 'Available' | 'Bound' | 'Released' }>({
  name: 'volumes-in',
  reads: ['PersistentVolume'],
  describe: ({ volumes, phase }) => `PersistentVolumes ${volumes.join(', ')} ${phase}`,
  holds: ({ volumes, phase }, history) => volumes.every((volume) => phaseOf(latest(history, 'PersistentVolume', volume)) === phase),
  seen: ({ volumes }, history) => volumes.map((volume) => volumeState(history, volume)).join(', '),
})

/** A PersistentVolumeClaim and its PersistentVolume are both marked for deletion, and both there. */
export const volumeTerminating = defineCondition<PvcName>({
  name: 'volume-terminating',
  reads: ['PersistentVolumeClaim', 'PersistentVolume'],
  describe: ({ pvc }) => `PersistentVolumeClaim ${pvc} and its PersistentVolume Terminating`,
  holds: ({ pvc }, history) => bothOf(history, pvc).every((object) => object?.metadata.deletionTimestamp !== undefined),
  unreachable({ pvc }, history) {
    const gone = observationsOf(history, 'PersistentVolumeClaim', pvc).some(({ event }) => event === 'DELETED')
    return gone ? `PersistentVolumeClaim ${pvc} is gone already.` : undefined
  },
  seen: ({ pvc }, history) => `${pvcState(history, pvc)}, ${volumeState(history, pvNameOf(history, pvc) ?? '')}`,
})

/** A namespace is gone. */
export const namespaceGone = defineCondition<{ readonly namespace: string }>({
  name: 'namespace-gone',
  reads: ['Namespace'],
  describe: ({ namespace }) => `Namespace ${namespace} gone`,
  holds: ({ namespace }, history) => wasDeleted(history, 'Namespace', namespace),
  seen: ({ namespace }, history) => `Namespace ${namespace} ${phaseOf(latest(history, 'Namespace', namespace)) ?? 'not seen'}`,
})

function provisionerOf(history: readonly HistoryEntry[], pvc: string): string | undefined {
  return latest(history, 'PersistentVolumeClaim', pvc)?.metadata.annotations?.['volume.kubernetes.io/storage-provisioner']
}

function bothOf(history: readonly HistoryEntry[], pvc: string) {
  return [latest(history, 'PersistentVolumeClaim', pvc), latest(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '')]
}

function volumeState(history: readonly HistoryEntry[], name: string): string {
  const object = latest(history, 'PersistentVolume', name)
  if (object === undefined) return name === '' ? 'no PersistentVolume' : `no PersistentVolume ${name}`
  const pvc = field(object, 'spec', 'claimRef', 'name')
  const words = [
    `PersistentVolume ${name}`,
    String(field(object, 'status', 'phase')),
    ...(typeof pvc === 'string' ? [`for ${pvc}`] : []),
    ...(object.metadata.deletionTimestamp === undefined ? [] : ['terminating']),
  ]
  return words.join(' ')
}
