import type { V1Probe } from '@kubernetes/client-node'
import type { PodLike } from './pod-like.ts'

/**
 * Time-out of probes, in seconds: that a busy node is late with one says nothing of the container. Only the answer of the container counts.
 */
export const probeAnswersWithin = 10

type Probe = Pick<V1Probe, keyof V1Probe>

/** More failures than a container has time for: its start is given as long as the suite waits. */
const unlimited = 10_000

/**
 * A command that succeeds once a container is ready, and is not asked again from then on. The container is never restarted for its failure.
 */
export function startupProbe(command: readonly string[]): Probe {
  return { exec: { command: [...command] }, periodSeconds: 1, timeoutSeconds: probeAnswersWithin, failureThreshold: unlimited }
}

/** Which probes a container has, and how many failures in a row it is allowed by each: one a second. */
export interface Probing {
  readonly command: readonly string[]
  readonly startup?: number
  readonly liveness?: number
  readonly readiness?: number
}

/** The same Pod, or template of Pods, whose containers have probes that run a command. A container that fails one is killed at once. */
export function withProbes<Pod extends PodLike>(template: Pod, { command, startup, liveness, readiness }: Probing): Pod {
  const probe = (failureThreshold: number): Probe => ({ ...startupProbe(command), failureThreshold })
  const killing = (failureThreshold: number): Probe => ({ ...probe(failureThreshold), terminationGracePeriodSeconds: 1 })
  const containers = template.spec.containers.map((container) => ({
    ...container,
    ...(startup !== undefined && { startupProbe: killing(startup) }),
    ...(liveness !== undefined && { livenessProbe: killing(liveness) }),
    ...(readiness !== undefined && { readinessProbe: probe(readiness) }),
  }))
  return { ...template, spec: { ...template.spec, containers } }
}
