import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'

/** Why suites could not run their Pods, and what to do about it. */
export interface PodProblem {
  readonly what: string
  readonly fix: string
}

const pullFails = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
])
const createFails = new Set(['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError', 'CrashLoopBackOff'])

function sentence(text: string | undefined): string {
  return (text ?? 'no reason was given').trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '')
}

/** What keeps a Pod that was pinned to a node from running the image of suites; undefined while nothing does. */
export function podProblem(pod: V1Pod, { node, image }: { readonly node: string; readonly image: string }): PodProblem | undefined {
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  if (unscheduled?.reason === 'Unschedulable') {
    return {
      what: `Node ${node} does not accept the Pods of the suites: ${sentence(unscheduled.message)}`,
      fix: 'Free resources on that node, or cordon it to leave it out.',
    }
  }
  return containerProblem(ownStatus(pod), { node, image }) ?? failure(pod, { node, image })
}

/** Name of the container of such a Pod that runs the image of suites. */
export const ownContainer = 'main'

/** Status of that container: a cluster may have added others, some of which never end. */
export function ownStatus({ status }: V1Pod): V1ContainerStatus | undefined {
  return status?.containerStatuses?.find(({ name }) => name === ownContainer)
}

interface Place {
  readonly node: string
  readonly image: string
}

function containerProblem(container: V1ContainerStatus | undefined, { node, image }: Place): PodProblem | undefined {
  const { waiting } = container?.state ?? {}
  if (waiting?.reason === undefined) return undefined
  if (pullFails.has(waiting.reason)) {
    return {
      what: `Node ${node} cannot pull ${image} (${waiting.reason}): ${sentence(waiting.message)}`,
      fix: 'Push it with "./holdfast image push <repository>" to a registry that the nodes can reach, and pass it as --workload-image.',
    }
  }
  if (createFails.has(waiting.reason)) return notOurs({ node, image }, `${waiting.reason}: ${sentence(waiting.message)}`)
  return undefined
}

function failure(pod: V1Pod, place: Place): PodProblem | undefined {
  const ended = ownStatus(pod)?.state?.terminated
  if (ended?.exitCode === 0) return undefined
  if (ended === undefined) {
    if (pod.status?.phase !== 'Failed') return undefined
    return {
      what: `Node ${place.node} refused a Pod of suites (${pod.status.reason ?? 'Failed'}): ${sentence(pod.status.message)}`,
      fix: 'Repair the node, or cordon it to leave it out.',
    }
  }
  const wrong = ended.message ?? `it ended with exit code ${ended.exitCode}`
  return notOurs(place, sentence(wrong))
}

function notOurs({ node, image }: Place, wrong: string): PodProblem {
  return {
    what: `Suites cannot run in ${image} on node ${node}: ${wrong}`,
    fix: 'Pass the image of "./holdfast image push" as --workload-image, for the architecture of the nodes.',
  }
}
