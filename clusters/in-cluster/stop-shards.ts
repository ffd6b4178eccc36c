import { BatchV1Api } from '@kubernetes/client-node'
import { inCluster, namespaceOfRun } from '../../contract/shards.ts'
import { clusterApi, type KubectlPlace, untilReady } from '../api.ts'
import { lookAtShards } from './look-at-shards.ts'

/** Seconds that shards have to end their guarantees, clean up and keep what is judged. */
const stopWithin = 120

/** Deletes the Job of a run, so that its shards end early, and waits for the end of its Pods. Their evidence stays. */
export async function stopShards(place: KubectlPlace, runId: string): Promise<void> {
  const api = clusterApi(place.kubeconfig, place.context)
  const namespace = namespaceOfRun(runId)
  const batch = api.config.makeApiClient(BatchV1Api)
  const job = await api.read({ apiVersion: 'batch/v1', kind: 'Job', name: inCluster.job, namespace })
  if (job !== undefined) await batch.deleteNamespacedJob({ name: inCluster.job, namespace, propagationPolicy: 'Background' })
  await untilReady({
    what: 'The end of the shards',
    within: stopWithin,
    every: 2,
    look: async () => {
      const atWork = (await lookAtShards(place, runId)).pods.filter(({ phase }) => phase === 'Running' || phase === 'Terminating')
      return atWork.length === 0 ? undefined : `still there: ${atWork.map(({ name }) => name).join(', ')}`
    },
  })
}
