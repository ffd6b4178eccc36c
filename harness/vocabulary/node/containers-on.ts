import type { Measure, MeasurementName } from '../../engine/measurement.ts'
import type { NodeContainers } from './node-containers.ts'

/** Keeps, in the history, the ids of the containers of a Pod that run on a node, as its container runtime tells them. */
export async function measureContainers(
  label: string,
  { containers, measure }: { readonly containers: NodeContainers; readonly measure: Measure },
  pod: string,
): Promise<MeasurementName> {
  measure('containers', label, { subject: { kind: 'Pod', name: pod }, value: await containers.running(pod) })
  return { pod, label }
}
