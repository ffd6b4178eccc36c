import { type Placement, workloadPod } from './pod.ts'

/** Builds a Pod without a volume that does nothing, for commands run in it. */
export function idlePod(name: string, placement: Placement) {
  return workloadPod(name, { ...placement, volumes: [] })
}
