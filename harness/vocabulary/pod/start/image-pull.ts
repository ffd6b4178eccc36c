import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { field } from '../../../engine/object.ts'
import { defineObstacle } from '../../../engine/judge/obstacle.ts'

/**
 * Reasons by which kubelet says that it has no image and will not get one soon. `ErrImagePull` is none: it is tried again, and what fails
 * then is `ImagePullBackOff`. See https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff
 */
const finalReasons: readonly unknown[] = ['ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull']

/** A Pod that is there, is not being deleted, and has a container whose image cannot be pulled. */
defineObstacle({
  kind: 'Pod',
  find(history) {
    for (const { object } of podsThere(history)) {
      const container = containersOf(object).find((one) => finalReasons.includes(field(one, 'state', 'waiting', 'reason')))
      if (container === undefined) continue
      const [reason, message] = ['reason', 'message'].map((name) => field(container, 'state', 'waiting', name))
      const answer = [reason, message].filter((part) => typeof part === 'string').join(': ')
      return [
        `Pod ${object.metadata.name} cannot start without image ${String(field(container, 'image'))}: kubelet says ${answer.replace(/\.$/u, '')}.`,
        'Load the image into the nodes, or push it to a registry that they can reach.',
      ].join(' ')
    }
    return undefined
  },
})

/** The Pods that are there, each as it was last seen. */
function podsThere(history: readonly HistoryEntry[]): readonly Observation[] {
  const pods = new Map<string, Observation>()
  for (const entry of history) if (entry.type === 'observation' && entry.kind === 'Pod') pods.set(entry.object.metadata.uid, entry)
  return [...pods.values()].filter(({ event, object }) => event !== 'DELETED' && object.metadata.deletionTimestamp === undefined)
}

function containersOf(pod: unknown): readonly unknown[] {
  return ['initContainerStatuses', 'containerStatuses'].flatMap((name) => {
    const statuses = field(pod, 'status', name)
    return Array.isArray(statuses) ? (statuses as readonly unknown[]) : []
  })
}
