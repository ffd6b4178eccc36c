import type { CoreV1Event, V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { isTrue } from './rollout.ts'

/** What keeps a Pod from being ready. */
export interface PodTrouble {
  readonly namespace: string
  readonly pod: string
  /** The container that is not ready; undefined while there is none. */
  readonly container: string | undefined
  /** In words without a full stop, after the name of the Pod. */
  readonly what: string
  /** An image that the node does not get, and what the registry says; undefined where that is not the trouble. */
  readonly pull?: { readonly image: string; readonly message: string; /** No other try will do better. */ readonly isFinal: boolean }
  /** How often the container was restarted. */
  readonly restarts: number
}

/** Reasons of a container that waits for its image, and whether that is for good. */
const pullReasons: Readonly<Record<string, { readonly isFinal: boolean }>> = {
  ErrImagePull: { isFinal: false },
  ImagePullBackOff: { isFinal: false },
  RegistryUnavailable: { isFinal: false },
  ImageInspectError: { isFinal: false },
  InvalidImageName: { isFinal: true },
  ErrImageNeverPull: { isFinal: true },
  SignatureValidationFailed: { isFinal: true },
}

function inOneLine(text: string | undefined): string {
  return (text ?? '').trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '')
}

/** What keeps a Pod from being ready; undefined for one that is, or that has succeeded. Events are those of its namespace. */
export function troubleOf(pod: V1Pod, events: readonly CoreV1Event[]): PodTrouble | undefined {
  const { metadata, status } = pod
  if (status?.phase === 'Succeeded' || isTrue(status?.conditions, 'Ready')) return undefined
  const at = { namespace: metadata?.namespace ?? '', pod: metadata?.name ?? '' }
  const container = culprit(pod)
  const warning = lastWarning(at.pod, events)
  if (container === undefined) {
    const unscheduled = status?.conditions?.find(({ type, status: value }) => type === 'PodScheduled' && value === 'False')
    const why = unscheduled === undefined ? warning : inOneLine(unscheduled.message)
    return { ...at, container: undefined, what: `${status?.phase ?? 'without a status'}${why === '' ? '' : `: ${why}`}`, restarts: 0 }
  }
  return { ...at, container: container.name, restarts: container.restartCount, ...stateOf(container, warning) }
}

/** The first container that keeps the Pod from going on: those that run first count first. */
function culprit({ status }: V1Pod): V1ContainerStatus | undefined {
  const isDone = ({ state }: V1ContainerStatus) => state?.terminated?.exitCode === 0
  const before = status?.initContainerStatuses?.find((each) => !isDone(each) && each.started !== true)
  return before ?? status?.containerStatuses?.find(({ ready }) => !ready)
}

function stateOf(container: V1ContainerStatus, warning: string): Pick<PodTrouble, 'what' | 'pull'> {
  const { state, lastState, image } = container
  const { waiting, terminated } = state ?? {}
  const pull = pullReasons[waiting?.reason ?? '']
  if (pull !== undefined) {
    const message = registryMessage(waiting?.message, warning)
    return { what: `${waiting?.reason ?? ''}: ${message}`, pull: { image, message, isFinal: pull.isFinal } }
  }
  const ended = terminated ?? lastState?.terminated
  const exit =
    ended === undefined ? '' : ` (it ended with exit code ${ended.exitCode}${ended.reason === 'OOMKilled' ? ', out of memory' : ''})`
  const reason = waiting?.reason ?? terminated?.reason ?? 'Running, but not ready'
  // A kubelet says of a crash only that it waits.
  const said = reason === 'CrashLoopBackOff' ? inOneLine(ended?.message) : inOneLine(waiting?.message) || warning
  return { what: `${reason}${exit}${said === '' ? '' : `: ${said}`}` }
}

/** While it waits to try again, a kubelet puts the reason after its own words. */
function registryMessage(message: string | undefined, warning: string): string {
  const said = inOneLine(message)
  const reason = /^Back-off pulling image "[^"]*"(?:: \w+: (.*))?$/.exec(said)
  return reason === null ? said || warning : (reason[1] ?? warning) || said
}

function lastWarning(pod: string, events: readonly CoreV1Event[]): string {
  const about = events.filter(({ type, involvedObject }) => type === 'Warning' && involvedObject.name === pod)
  const last = about.toSorted((one, other) => timeOf(one) - timeOf(other)).at(-1)
  return inOneLine(last?.message).slice(0, 300)
}

function timeOf({ lastTimestamp, eventTime, metadata }: CoreV1Event): number {
  return new Date(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? 0).getTime()
}

/** A trouble in words: `Pod kube-system/csi-0, container driver: CrashLoopBackOff (…)`. */
export function troubleText({ namespace, pod, container, what }: PodTrouble): string {
  return `Pod ${namespace}/${pod}${container === undefined ? '' : `, container ${container}`}: ${what}`
}
