import { latest, observationsOf, phaseOf } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { type PodName, stateOf } from '../conditions.ts'

/** Pods that are there belong to nobody. */
export const podsOrphaned = defineCondition<{ readonly pods: readonly string[] }>({
  name: 'pods-orphaned',
  reads: ['Pod'],
  describe: ({ pods }) => `${pods.join(', ')} there without an owner`,
  holds: ({ pods }, history) => pods.every((pod) => latest(history, 'Pod', pod) !== undefined && ownersOf(history, pod).length === 0),
  seen: ({ pods }, history) => describeOwners(history, pods),
})

/** Pods that are there belong to the StatefulSet of that name which is there now. */
export const podsOwned = defineCondition<{ readonly pods: readonly string[]; readonly statefulSet: string }>({
  name: 'pods-owned',
  reads: ['Pod', 'StatefulSet'],
  describe: ({ pods, statefulSet }) => `${pods.join(', ')} owned by StatefulSet ${statefulSet}`,
  holds({ pods, statefulSet }, history) {
    const uid = latest(history, 'StatefulSet', statefulSet)?.metadata.uid
    return uid !== undefined && pods.every((pod) => ownersOf(history, pod).some((owner) => owner.uid === uid))
  },
  seen: ({ pods }, history) => describeOwners(history, pods),
})

/** A Pod by name, and how it is to have ended: either way when absent. */
export interface EndedPod extends PodName {
  readonly phase?: 'Failed' | 'Succeeded'
}

/** A Pod of that name has ended for good: it was seen Failed or Succeeded. */
export const podEnded = defineCondition<EndedPod>({
  name: 'pod-ended',
  reads: ['Pod'],
  describe: ({ pod, phase }) => `Pod ${pod} ${phase ?? 'ended for good'}`,
  holds: ({ pod, phase }, history) =>
    observationsOf(history, 'Pod', pod).some(({ object }) =>
      (phase === undefined ? ['Failed', 'Succeeded'] : [phase]).includes(phaseOf(object) ?? ''),
    ),
  seen: ({ pod }, history) => stateOf(history, pod),
})

function ownersOf(history: readonly HistoryEntry[], pod: string) {
  return latest(history, 'Pod', pod)?.metadata.ownerReferences ?? []
}

function describeOwners(history: readonly HistoryEntry[], pods: readonly string[]): string {
  const descriptions = pods.map((pod) => {
    const owners = ownersOf(history, pod).map(({ kind, name, uid }) => `${kind} ${name} (UID ${uid})`)
    return `${stateOf(history, pod)}, ${owners.length === 0 ? 'no owner' : `owned by ${owners.join(', ')}`}`
  })
  return descriptions.join('; ')
}
