import { field, hasCondition } from '../engine/object.ts'
import type { ObservedObject } from '../engine/history/history-entry.ts'
import type { Moment } from './moments.ts'

/** One call of the CSI driver, as its call log tells it. */
export interface TimedCall {
  readonly method: string
  readonly from: Moment
  readonly to: Moment
}

/** Reads a line of the call log. */
export function timedCall(line: string): TimedCall {
  const { method, at, durationMs } = JSON.parse(line) as { readonly method: string; readonly at: string; readonly durationMs: number }
  const from = Date.parse(at)
  return { method: method.slice(method.lastIndexOf('/') + 1), from, to: from + durationMs }
}

/** Whether a PVC says that its volume was grown and its file system was not yet. */
export function awaitsNode(object: ObservedObject): boolean {
  const statuses = field(object, 'status', 'allocatedResourceStatuses')
  return field(statuses, 'storage') === 'NodeResizePending' || hasCondition(object, 'FileSystemResizePending')
}

/** The moments of one expansion. */
export interface Expansion {
  /** The request was sent. */
  readonly sent: Moment
  /** The PVC said that only the node's part is left. */
  readonly awaitedNode: Moment
  /** A process in the Pod saw the new size. */
  readonly seen: Moment
  /** The PVC's capacity was the new one. */
  readonly recorded: Moment
  /** Calls of the driver about this volume, where it keeps a call log. */
  readonly calls: readonly TimedCall[]
}

/** Seconds of each part of an expansion, in the order in which they pass. The driver's own work is told apart where it keeps a call log. */
export function sharesOf({ sent, awaitedNode, seen, recorded, calls }: Expansion): Readonly<Record<string, number>> {
  const of = (from: Moment, to: Moment) => (to - from) / 1000
  const called = (name: string) => calls.find(({ method, from }) => method === name && from >= sent)
  const [controller, node] = [called('ControllerExpandVolume'), called('NodeExpandVolume')]
  return {
    ...(controller
      ? {
          'sidecar, until ControllerExpandVolume': of(sent, controller.from),
          ControllerExpandVolume: of(controller.from, controller.to),
          'sidecar, until the PVC awaits its node': of(controller.to, awaitedNode),
        }
      : { 'sidecar and driver, until the PVC awaits its node': of(sent, awaitedNode) }),
    ...(node
      ? {
          'kubelet, until NodeExpandVolume': of(awaitedNode, node.from),
          'NodeExpandVolume, until seen in the Pod': of(node.from, seen),
        }
      : { 'kubelet and driver, until seen in the Pod': of(awaitedNode, seen) }),
    'afterwards, until the capacity of the PVC says so': of(seen, recorded),
  }
}
