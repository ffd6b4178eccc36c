import { cordonedAnnotation } from '../../../contract/annotations.ts'
import { hasEnded, isReadyPod } from '../pod/readings.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'

/** Merge patch that lets no new Pod onto a node, and says that it is to be undone. */
export const cordon = { metadata: { annotations: { [cordonedAnnotation]: 'true' } }, spec: { unschedulable: true } }

/** Merge patch that undoes `cordon`. */
export const uncordon = { metadata: { annotations: { [cordonedAnnotation]: null } }, spec: { unschedulable: null } }

/**
 * Whether `kubectl drain` evicts a Pod: it leaves those of DaemonSets, those that the kubelet has from a file, and those that have ended.
 */
export function isEvicted(pod: ObservedObject): boolean {
  const { ownerReferences = [], annotations = {} } = pod.metadata
  return (
    !ownerReferences.some(({ kind }) => kind === 'DaemonSet') && annotations['kubernetes.io/config.mirror'] === undefined && !hasEnded(pod)
  )
}

/** Whether some object makes a Pod again that was evicted. */
export function isMadeAgain({ metadata: { ownerReferences = [] } }: ObservedObject): boolean {
  return ownerReferences.length > 0
}

/** Whether a Pod is where it stays: Ready and not evicted, or over. Until one that was evicted is gone, a StatefulSet makes no other. */
export function isInPlace(pod: ObservedObject): boolean {
  return hasEnded(pod) || (isReadyPod(pod) && pod.metadata.deletionTimestamp === undefined)
}

/** The request to evict a Pod. */
export function evictionOf({
  metadata: { name, namespace = '' },
}: {
  readonly metadata: Pick<ObservedObject['metadata'], 'name' | 'namespace'>
}) {
  return {
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/pods/${name}/eviction`,
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } },
  } as const
}
