import type { KubernetesObject, V1DaemonSet, V1Deployment, V1Job, V1Pod, V1ReplicaSet, V1StatefulSet } from '@kubernetes/client-node'

/** How far an object is with its Pods. */
export type Rollout =
  | { readonly state: 'done' }
  /** What is missing, without a full stop. */
  | { readonly state: 'waiting' | 'failed'; readonly why: string }

const done: Rollout = { state: 'done' }

function waiting(why: string): Rollout {
  return { state: 'waiting', why }
}

type Conditions = readonly { readonly type: string; readonly status: string; readonly message?: string }[]

/** Whether a condition is True. */
export function isTrue(conditions: Conditions | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
}

/** Whether the status of an object is about the object as it is now. */
function isCurrent({ metadata, status }: V1Deployment | V1DaemonSet | V1StatefulSet | V1ReplicaSet): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0)
}

/** How far a Deployment is: all replicas are of its newest template, and available. */
export function rolloutOfDeployment(deployment: V1Deployment): Rollout {
  const { spec, status } = deployment
  const wanted = spec?.replicas ?? 1
  const available = Math.min(status?.availableReplicas ?? 0, status?.updatedReplicas ?? 0)
  if (isCurrent(deployment) && available >= wanted) return done
  return waiting(`has ${available} of ${wanted} replicas available${refusalOf(status?.conditions)}`)
}

/** What was said to a controller that may not make its Pods, such as that Pod Security forbids them: no Pod tells. */
function refusalOf(conditions: Conditions = []): string {
  const refused = conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True')
  return refused?.message === undefined ? '' : `: ${refused.message.replace(/\.$/, '')}`
}

/** How far a DaemonSet is. One that is for no node of the cluster, such as one for Windows, is done. */
export function rolloutOfDaemonSet(daemonSet: V1DaemonSet): Rollout {
  const { status } = daemonSet
  const wanted = status?.desiredNumberScheduled ?? 0
  const available = Math.min(status?.numberAvailable ?? 0, status?.updatedNumberScheduled ?? 0)
  return isCurrent(daemonSet) && available >= wanted ? done : waiting(`has ${available} of ${wanted} Pods available`)
}

function rolloutOfStatefulSet(statefulSet: V1StatefulSet): Rollout {
  const { spec, status } = statefulSet
  const [wanted, ready] = [spec?.replicas ?? 1, status?.readyReplicas ?? 0]
  return isCurrent(statefulSet) && ready >= wanted ? done : waiting(`has ${ready} of ${wanted} replicas ready`)
}

function rolloutOfReplicaSet(replicaSet: V1ReplicaSet): Rollout {
  const { spec, status } = replicaSet
  const [wanted, available] = [spec?.replicas ?? 1, status?.availableReplicas ?? 0]
  return isCurrent(replicaSet) && available >= wanted ? done : waiting(`has ${available} of ${wanted} replicas available`)
}

function rolloutOfJob({ spec, status }: V1Job): Rollout {
  const failed = status?.conditions?.find(({ type, status: value }) => type === 'Failed' && value === 'True')
  if (failed !== undefined) return { state: 'failed', why: `has failed: ${(failed.message ?? 'no reason was given').replace(/\.$/, '')}` }
  if (isTrue(status?.conditions, 'Complete')) return done
  return waiting(`has ${status?.succeeded ?? 0} of ${spec?.completions ?? 1} completions`)
}

function rolloutOfPod({ status }: V1Pod): Rollout {
  if (status?.phase === 'Failed') return { state: 'failed', why: `has failed${status.message === undefined ? '' : `: ${status.message}`}` }
  return status?.phase === 'Succeeded' || isTrue(status?.conditions, 'Ready') ? done : waiting(`is ${status?.phase ?? 'without a status'}`)
}

const byKind: Readonly<Record<string, (object: never) => Rollout>> = {
  Deployment: rolloutOfDeployment,
  DaemonSet: rolloutOfDaemonSet,
  StatefulSet: rolloutOfStatefulSet,
  ReplicaSet: rolloutOfReplicaSet,
  Job: rolloutOfJob,
  Pod: rolloutOfPod,
}

/** How far an object is with its Pods; of a kind that has none, it is done. */
export function rolloutOf(object: KubernetesObject): Rollout {
  const read = byKind[object.kind ?? '']
  return read === undefined ? done : read(object as never)
}
