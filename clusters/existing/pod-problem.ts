import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { ownCommand } from '../../contract/distribution.ts'
import { exitWithoutProgram } from './workload-check.ts'

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

/** What a Pod tries: an image on a node, and the flag that names another image. */
export interface PodPlace {
  readonly node: string
  readonly image: string
  /** What the image is for, as `holdfast image push` knows it. */
  readonly name: string
  readonly flag: string
}

/** What keeps a Pod that was pinned to a node from running an image of suites; undefined while nothing does. */
export function podProblem(pod: V1Pod, place: PodPlace): PodProblem | undefined {
  const { node } = place
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  if (unscheduled?.reason === 'Unschedulable') {
    return {
      what: `Node ${node} does not accept the Pods of the suites: ${sentence(unscheduled.message)}`,
      fix: 'Free resources on that node, or cordon it to leave it out.',
    }
  }
  return containerProblem(ownStatus(pod), place) ?? failure(pod, place)
}

/** Name of the container of such a Pod that runs the image of suites. */
export const ownContainer = 'main'

/** Status of that container: a cluster may have added others, some of which never end. */
export function ownStatus({ status }: V1Pod): V1ContainerStatus | undefined {
  return status?.containerStatuses?.find(({ name }) => name === ownContainer)
}

/** The command that provides an image of ours; the one of the workload is what it provides without a name. */
function push({ name }: PodPlace): string {
  return `"${ownCommand} image push <repository>${name === 'workload' ? '' : ` ${name}`}"`
}

function containerProblem(container: V1ContainerStatus | undefined, place: PodPlace): PodProblem | undefined {
  const { waiting } = container?.state ?? {}
  if (waiting?.reason === undefined) return undefined
  const { node, image, flag } = place
  if (pullFails.has(waiting.reason)) {
    return {
      what: `Node ${node} cannot pull ${image} (${waiting.reason}): ${sentence(waiting.message)}`,
      fix: `Push it with ${push(place)} to a registry that the nodes can reach, and pass it as ${flag}.`,
    }
  }
  if (createFails.has(waiting.reason)) return notOurs(place, `${waiting.reason}: ${sentence(waiting.message)}`)
  return undefined
}

function failure(pod: V1Pod, place: PodPlace): PodProblem | undefined {
  const ended = ownStatus(pod)?.state?.terminated
  if (ended?.exitCode === 0) return undefined
  if (ended === undefined) {
    if (pod.status?.phase !== 'Failed') return undefined
    return {
      what: `Node ${place.node} refused a Pod of suites (${pod.status.reason ?? 'Failed'}): ${sentence(pod.status.message)}`,
      fix: 'Repair the node, or cordon it to leave it out.',
    }
  }
  const problem = notOurs(place, sentence(ended.message ?? `it ended with exit code ${ended.exitCode}`))
  if (ended.exitCode !== exitWithoutProgram) return problem
  return { ...problem, fix: `Pass the image of ${push(place)} as ${place.flag}, or set workload.programFromConfigMap in holdfast.yaml.` }
}

function notOurs(place: PodPlace, wrong: string): PodProblem {
  return {
    what: `Suites cannot run in ${place.image} on node ${place.node}: ${wrong}`,
    fix: `Pass the image of ${push(place)} as ${place.flag}, for the architecture of the nodes.`,
  }
}
