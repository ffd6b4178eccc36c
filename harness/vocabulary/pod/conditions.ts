import { field, latest, observationsIn, observationsOf, placeOf, wasDeleted } from '../../engine/object.ts'
import { isReadyPod, restartsOf } from './readings.ts'
import { ordinalOf } from './ordinal-of.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import { attachmentsNow } from '../volume-attachment/attachments.ts'
import { pvNameOf } from '../pvc/readings.ts'
import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'

/** A Pod by name. */
export interface PodName {
  readonly pod: string
}

/** A StatefulSet by name and a number of its Pods. */
export interface PodsOf {
  readonly statefulSet: string
  readonly replicas: number
}

/** A Pod is Running and Ready. */
export const podReady = defineCondition<PodName>({
  name: 'pod-ready',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} Running and Ready`,
  holds: ({ pod }, history) => isHealthy(history, pod),
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A Pod runs and is not Ready. */
export const podNotReady = defineCondition<PodName>({
  name: 'pod-not-ready',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} Running and not Ready`,
  holds({ pod }, history) {
    const object = latest(history, 'Pod', pod)
    return object !== undefined && field(object, 'status', 'phase') === 'Running' && !isReadyPod(object)
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** Pod 0 to n−1 of a StatefulSet are Running and Ready, and no other Pod of it is there. */
export const podsReady = defineCondition<PodsOf>({
  name: 'pods-ready',
  reads: ['Pod'],
  describe: ({ statefulSet, replicas }) => `exactly ${replicas} Pods of StatefulSet ${statefulSet}, all Running and Ready`,
  holds({ statefulSet, replicas }, history) {
    const ordinals = presentOf(history, statefulSet)
    return (
      ordinals.length === replicas && ordinals.every((ordinal) => ordinal < replicas && isHealthy(history, `${statefulSet}-${ordinal}`))
    )
  },
  seen: ({ statefulSet }, history) => statesOf(history, statefulSet),
})

/** A Pod of that name is there. */
export const podPresent = defineCondition<PodName>({
  name: 'pod-present',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} created`,
  holds: ({ pod }, history) => latest(history, 'Pod', pod) !== undefined,
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A Pod of that name was deleted, and no other is there yet. */
export const podGone = defineCondition<PodName>({
  name: 'pod-gone',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} gone`,
  holds: ({ pod }, history) => wasDeleted(history, 'Pod', pod),
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** No Pod of that name is there, whether or not one was: for what stays so. That one has gone is `podGone`. */
export const podAbsent = defineCondition<PodName>({
  name: 'pod-absent',
  reads: ['Pod'],
  describe: ({ pod }) => `no Pod ${pod}`,
  holds: ({ pod }, history) => latest(history, 'Pod', pod) === undefined,
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A Pod that is to be replaced. */
export interface Replaced extends PodName {
  /** Mark before which it was last seen; the first of that name when absent. A second replacement needs it: the first stays true. */
  readonly since?: string | undefined
}

/** Another Pod is there in place of the first of that name, whether or not it runs. */
export const podRecreated = defineCondition<PodName>({
  name: 'pod-recreated',
  reads: ['Pod'],
  describe: ({ pod }) => `another Pod ${pod} in place of the first`,
  holds({ pod }, history) {
    const uid = latest(history, 'Pod', pod)?.metadata.uid
    return uid !== undefined && uid !== observationsOf(history, 'Pod', pod)[0]?.object.metadata.uid
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A Pod was deleted and another of the same name is Running and Ready, on the PersistentVolumeClaims that the one before had. */
export const podReplaced = defineCondition<Replaced>({
  name: 'pod-replaced',
  reads: ['Pod'],
  mayRead: ['PersistentVolumeClaim'],
  describe: ({ pod, since }) =>
    `another Pod ${pod} Running and Ready in place of the ${since === undefined ? 'first' : `one of "${since}"`}`,
  holds({ pod, since }, history) {
    const before = since === undefined ? observationsOf(history, 'Pod', pod)[0] : lastBefore(history, { pod, since })
    return before !== undefined && isHealthy(history, pod) && latest(history, 'Pod', pod)?.metadata.uid !== before.object.metadata.uid
  },
  unreachable({ pod }, history) {
    const pvc = pvcsOf(history, pod).find((name) => isDeleted(history, name))
    return pvc === undefined ? undefined : `PersistentVolumeClaim ${pvc}, which it mounts, was marked for deletion.`
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A container of a Pod was restarted and the Pod is Ready again. */
export const podRestarted = defineCondition<PodName>({
  name: 'pod-restarted',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} Running and Ready after a container restart`,
  holds({ pod }, history) {
    const object = latest(history, 'Pod', pod)
    return object !== undefined && restartsOf(object) > 0 && isHealthy(history, pod)
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** The last warning about a Pod, where Events were watched: its reason and the end of its message, which is nearest to the cause. */
function warningsOf(history: readonly HistoryEntry[], pod: ObservedObject): readonly string[] {
  const about = observationsOf(history, 'Event').filter(({ object }) => field(object, 'involvedObject', 'uid') === pod.metadata.uid)
  return about.slice(-1).map(({ object }) => `${String(field(object, 'reason'))}: ${String(field(object, 'message')).split(': ').at(-1)}`)
}

/** Why a volume of a Pod could not be attached to its node, where that was seen. */
function refusedAttachment(history: readonly HistoryEntry[], pod: ObservedObject): string | undefined {
  const volumes = pvcsOf(history, pod.metadata.name).map((pvc) => pvNameOf(history, pvc))
  const node = field(pod, 'spec', 'nodeName')
  return attachmentsNow(history)
    .filter((attachment) => attachment.node === node && volumes.includes(attachment.volume))
    .map(({ error }) => error?.replace(/\.$/u, ''))
    .find((error) => error !== undefined)
}

/** The last that was seen of Pods of a name before a mark; undefined where there is no such mark. */
export function lastBefore(history: readonly HistoryEntry[], { pod, since }: { readonly pod: string; readonly since: string }) {
  const place = history.findIndex((entry) => entry.type === 'mark' && entry.name === since)
  return observationsOf(history, 'Pod', pod).findLast(({ seq }) => seq < (history[place]?.seq ?? 0))
}

/** Names of the PersistentVolumeClaims that a Pod mounts. */
function pvcsOf(history: readonly HistoryEntry[], name: string): readonly string[] {
  const volumes = observationsOf(history, 'Pod', name).flatMap(({ object }) => {
    const listed = field(object, 'spec', 'volumes')
    return Array.isArray(listed) ? (listed as readonly unknown[]) : []
  })
  const pvcs = volumes.map((volume) => field(volume, 'persistentVolumeClaim', 'claimName'))
  return [...new Set(pvcs.filter((pvc) => typeof pvc === 'string'))]
}

function isDeleted(history: readonly HistoryEntry[], pvc: string): boolean {
  const seen = observationsOf(history, 'PersistentVolumeClaim', pvc)
  return seen.some(({ event, object }) => event === 'DELETED' || object.metadata.deletionTimestamp !== undefined)
}

/** Whether a Pod is Running and Ready and not being deleted. */
export function isHealthy(history: readonly HistoryEntry[], name: string): boolean {
  const pod = latest(history, 'Pod', name)
  return pod !== undefined && pod.metadata.deletionTimestamp === undefined && isReadyPod(pod)
}

function presentOf(history: readonly HistoryEntry[], statefulSet: string): readonly number[] {
  const { namespaceSuffix, name: set } = placeOf(statefulSet)
  const present = new Map<string, boolean>()
  for (const { event, object } of observationsIn(history, 'Pod', namespaceSuffix)) present.set(object.metadata.name, event !== 'DELETED')
  return [...present]
    .filter(([, there]) => there)
    .map(([name]) => ordinalOf(set, name))
    .filter((ordinal) => ordinal !== undefined)
    .sort((a, b) => a - b)
}

function statesOf(history: readonly HistoryEntry[], statefulSet: string): string {
  const ordinals = presentOf(history, statefulSet)
  return ordinals.length === 0 ? 'no Pod' : ordinals.map((ordinal) => stateOf(history, `${statefulSet}-${ordinal}`)).join(', ')
}

/** A Pod in a few words, with what keeps it where that is an attachment that was refused. */
export function stateOf(history: readonly HistoryEntry[], name: string): string {
  const pod = latest(history, 'Pod', name)
  if (pod === undefined) return `no Pod ${name}`
  if (pod.metadata.deletionTimestamp !== undefined) return `${name} terminating`
  const phase = String(field(pod, 'status', 'phase'))
  const restarts = restartsOf(pod)
  const refusal = refusedAttachment(history, pod)
  const words = [
    `${name} ${phase}${isReadyPod(pod) ? ' and Ready' : ', not Ready'}`,
    ...(restarts > 0 ? [`${restarts} restarts`] : []),
    ...(refusal === undefined ? [] : [`attachment to ${String(field(pod, 'spec', 'nodeName'))} refused: ${refusal}`]),
    ...(isReadyPod(pod) ? [] : warningsOf(history, pod)),
  ]
  return words.join(', ')
}
