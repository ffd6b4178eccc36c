import { ApiException, type CoreV1Event, type V1Job, type V1Pod } from '@kubernetes/client-node'
import { runLabel } from '../../contract/labels.ts'
import { inCluster, namespaceOfRun } from '../../contract/shards.ts'
import { type ClusterApi, clusterApi, type KubectlPlace } from '../api.ts'
import { troubleOf } from '../readiness/pod-trouble.ts'

/** Label with which the Job controller marks the Pod of each index. */
const indexLabel = 'batch.kubernetes.io/job-completion-index'

/** One Pod of a shard. */
export interface ShardPod {
  readonly shard: number
  readonly name: string
  readonly uid: string
  /** Empty while it has none. */
  readonly node: string
  /** `Terminating` for one that is being deleted. */
  readonly phase: string
  /** What keeps it from running, or why it failed; undefined where nothing does. */
  readonly trouble: string | undefined
}

/** How the shards of a run are getting on. */
export interface SeenShards {
  /** `gone` where there is no such Job. */
  readonly job: 'running' | 'complete' | 'failed' | 'gone'
  /** Shards that the Job has given up, as it writes them: `1,3-5`; empty where none. */
  readonly failedIndexes: string
  readonly pods: readonly ShardPod[]
}

/** Looks at the Job of a run and at its Pods. */
export async function lookAtShards(place: KubectlPlace, runId: string): Promise<SeenShards> {
  const api = clusterApi(place.kubeconfig, place.context)
  const namespace = namespaceOfRun(runId)
  const job = await api.read<V1Job>({ apiVersion: 'batch/v1', kind: 'Job', name: inCluster.job, namespace })
  const pods = await podsOf(api, runId)
  const isUnwell = pods.some(({ status }) => status?.phase !== 'Running' && status?.phase !== 'Succeeded')
  const events = isUnwell ? await eventsIn(api, namespace) : []
  const has = (type: string) =>
    job?.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') === true
  return {
    job: job === undefined ? 'gone' : has('Complete') ? 'complete' : has('Failed') ? 'failed' : 'running',
    failedIndexes: job?.status?.failedIndexes ?? '',
    pods: pods.map((pod) => shardPod(pod, events)).toSorted((one, other) => one.shard - other.shard),
  }
}

async function podsOf(api: ClusterApi, runId: string): Promise<readonly V1Pod[]> {
  const selector = `${runLabel}=${runId},app.kubernetes.io/component=${inCluster.job}`
  const namespace = namespaceOfRun(runId)
  const none = undefined
  return (await api.objects.list<V1Pod>('v1', 'Pod', namespace, none, none, none, none, selector)).items
}

/** Without the right to read them a reason is shorter. */
async function eventsIn(api: ClusterApi, namespace: string): Promise<readonly CoreV1Event[]> {
  try {
    return (await api.objects.list<CoreV1Event>('v1', 'Event', namespace)).items
  } catch (error) {
    if (error instanceof ApiException) return []
    throw error
  }
}

function shardPod(pod: V1Pod, events: readonly CoreV1Event[]): ShardPod {
  const { metadata, spec, status } = pod
  const phase = metadata?.deletionTimestamp === undefined ? (status?.phase ?? 'Pending') : 'Terminating'
  return {
    shard: Number(metadata?.labels?.[indexLabel] ?? -1),
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
    node: spec?.nodeName ?? '',
    phase,
    trouble: phase === 'Running' || phase === 'Succeeded' ? undefined : troubleOf(pod, events)?.what,
  }
}

/**
 * Other Pods of a shard that may still be at work: neither ended nor deleted long enough ago to have been killed, by the clock of the API
 * server's answer. One on a node that is gone counts as ended after its grace period.
 */
export async function otherPodsOfShard(
  place: KubectlPlace,
  { runId, shard, uid }: { readonly runId: string; readonly shard: number; readonly uid: string },
): Promise<readonly string[]> {
  const pods = await podsOf(clusterApi(place.kubeconfig, place.context), runId)
  return pods.flatMap(({ metadata, status }) => {
    const isOther = metadata?.labels?.[indexLabel] === String(shard) && metadata.uid !== uid
    const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed'
    // It is the moment by which the Pod is to be gone, its grace period included.
    const { deletionTimestamp } = metadata ?? {}
    const wasKilled = deletionTimestamp !== undefined && Date.now() > new Date(deletionTimestamp).getTime()
    return isOther && !isOver && !wasKilled ? [metadata.name ?? ''] : []
  })
}
