import type { V1Probe } from '@kubernetes/client-node'

/**
 * Time-out of probes, in seconds: that a busy node is late with one says nothing of the container. Only the answer of the container counts.
 */
export const probeAnswersWithin = 10

/** More failures than a container has time for: its start is given as long as the suite waits. */
const unlimited = 10_000

/**
 * A command that succeeds once a container is ready, and is not asked again from then on. The container is never restarted for its failure.
 */
export function startupProbe(command: readonly string[]): V1Probe {
  return { exec: { command: [...command] }, periodSeconds: 1, timeoutSeconds: probeAnswersWithin, failureThreshold: unlimited }
}
