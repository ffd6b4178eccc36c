import type { PodLike, WorkloadLike } from './pod-like.ts'

/** Seconds that containers get to end where their Pod does not say how long. */
export const defaultGracePeriod = 30

/** The same Pod without a grace period of its own. */
export function withDefaultGracePeriod<Pod extends PodLike>({ spec, ...pod }: Pod) {
  const { terminationGracePeriodSeconds: _, ...rest } = spec
  return { ...pod, spec: rest }
}

/** The same Pod, each container of which does nothing for so many seconds before it is asked to end. */
export function withPreStop<Pod extends PodLike>(pod: Pod, seconds: number): Pod {
  const lifecycle = { preStop: { exec: { command: ['sleep', String(seconds)] } } }
  return { ...pod, spec: { ...pod.spec, containers: pod.spec.containers.map((container) => ({ ...container, lifecycle })) } }
}

/** Seconds that containers get to end which are not to be killed while a guarantee looks at them: more than it waits for anything. */
export const longGracePeriod = 600

/** The same workload with Pods that are not killed while a guarantee looks at them, however long they take to end. */
export function withLongGracePeriod<Workload extends WorkloadLike>(workload: Workload): Workload {
  const { template } = workload.spec
  const spec = { ...template.spec, terminationGracePeriodSeconds: longGracePeriod }
  return { ...workload, spec: { ...workload.spec, template: { ...template, spec } } }
}
