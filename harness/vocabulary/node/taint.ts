import { outOfServiceTaint, reservedTaint } from '../../../contract/taints.ts'
import type { V1Taint } from '@kubernetes/client-node'
import { field } from '../../engine/object.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'

/** Merge patch with a taint that keeps Pods which do not tolerate it off a node; the Pods that are there stay. */
export function tainted(node: ObservedObject) {
  const ours = { key: reservedTaint, value: node.metadata.name, effect: 'NoSchedule' }
  return withTaints(node, [...taintsOf(node).filter(({ key }) => key !== reservedTaint), ours])
}

/** Merge patch with the taint that says that a node is off: Pods that do not tolerate it leave at once, and so do their volumes. */
export function outOfService(node: ObservedObject) {
  const ours = { key: outOfServiceTaint, value: node.metadata.name, effect: 'NoExecute' }
  return withTaints(node, [...taintsOf(node).filter(({ key }) => key !== outOfServiceTaint), ours])
}

/** Merge patch that undoes `tainted` and `outOfService`. */
export function untainted(node: ObservedObject) {
  return withTaints(
    node,
    taintsOf(node).filter((taint) => !isOurs(node, taint)),
  )
}

/** Whether a suite has tainted a node. */
export function isTainted(node: ObservedObject): boolean {
  return taintsOf(node).some((taint) => isOurs(node, taint))
}

/** A patch replaces all taints of a node, so it holds for the version that was read: another one may have got a taint meanwhile. */
function withTaints({ metadata: { resourceVersion } }: ObservedObject, taints: readonly V1Taint[]) {
  return { metadata: { resourceVersion }, spec: { taints } }
}

function isOurs({ metadata: { name } }: ObservedObject, { key, value }: V1Taint): boolean {
  return key === reservedTaint || (key === outOfServiceTaint && value === name)
}

/** The taints of a node. */
export function taintsOf(node: ObservedObject): readonly V1Taint[] {
  return (field(node, 'spec', 'taints') ?? []) as readonly V1Taint[]
}
