import type { V1ConfigMap } from '@kubernetes/client-node'
import { runLabel } from '../../contract/labels.ts'
import { inCluster, type ShardPlan } from '../../contract/shards.ts'
import { clusterApi, type KubectlPlace } from '../api.ts'
import { SetupError } from '../setup-error.ts'

/** A run over shards as its namespace keeps it, for whoever takes it over. */
export interface StoredRun {
  readonly plan: ShardPlan
  /** `cluster.json`, as text. */
  readonly cluster: string
  /** The directory of the run as it began, as a gzipped tar archive. */
  readonly directory: Buffer
  /** The Pod that evidence is read from. */
  readonly reader: object
}

/** Reads the run that a namespace belongs to. Throws a `SetupError` for a namespace that is none of a run over shards. */
export async function readStoredRun(place: KubectlPlace, namespace: string): Promise<StoredRun> {
  const api = clusterApi(place.kubeconfig, place.context)
  const found = await api.read<V1ConfigMap>({ apiVersion: 'v1', kind: 'ConfigMap', name: inCluster.configMap, namespace })
  const { [inCluster.planFile]: plan, [inCluster.clusterFile]: cluster, [inCluster.readerFile]: reader } = found?.data ?? {}
  const directory = found?.binaryData?.[inCluster.directoryFile]
  const isMarked = found?.metadata?.labels?.[runLabel] !== undefined
  if (plan === undefined || cluster === undefined || reader === undefined || directory === undefined || !isMarked)
    throw new SetupError(`Namespace ${namespace} holds no run over shards: there is no ConfigMap ${inCluster.configMap} of one in it.`, {
      fix: 'Name the namespace that "holdfast run --in-cluster" printed, holdfast-<run id>.',
    })
  return {
    plan: JSON.parse(plan) as ShardPlan,
    reader: JSON.parse(reader) as object,
    ...{ cluster, directory: Buffer.from(directory, 'base64') },
  }
}
