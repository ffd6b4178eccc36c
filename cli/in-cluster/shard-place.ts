import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contextOfPod, SetupError, writeKubeconfigOfPod } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { inCluster, type ShardPlan } from '../../contract/shards.ts'
import { sourceSums } from '../run/checkout.ts'
import { writeJson } from '../run/run-directory.ts'
import { projectRoot } from '../shell/project-root.ts'

/** Which shard a Pod is, and where it has what. */
export interface ShardPlace {
  readonly shard: number
  readonly pod: string
  readonly uid: string
  readonly node: string
  readonly planDirectory: string
  readonly evidenceDirectory: string
  readonly workDirectory: string
}

/** The place of this process, by the environment of its Pod. Throws a `SetupError` where it is no Pod of a shard. */
export function placeOfPod(env: NodeJS.ProcessEnv = process.env): ShardPlace {
  const { JOB_COMPLETION_INDEX: index, POD_NAME: pod, POD_UID: uid, NODE_NAME: node = '' } = env
  if (index === undefined || pod === undefined || uid === undefined) {
    throw new SetupError('This is no Pod of a shard: JOB_COMPLETION_INDEX, POD_NAME and POD_UID are not set.', {
      fix: '"holdfast run --in-cluster" makes such Pods; nobody else runs this command.',
    })
  }
  const { planDirectory, evidenceDirectory, workDirectory } = inCluster
  return { shard: Number(index), pod, uid, node, planDirectory, evidenceDirectory, workDirectory }
}

/** What a digest of the sources in this checkout says: two that are equal run and judge alike. */
export function digestOfSources(sums: string = sourceSums(projectRoot)): string {
  return hash('sha256', sums)
}

/**
 * Reads the plan of the run. Throws a `SetupError` where this image has other suites than the checkout that made the plan: their verdicts
 * would be given as those of that checkout.
 */
export function readPlan({ planDirectory }: Pick<ShardPlace, 'planDirectory'>, ownDigest: string = digestOfSources()): ShardPlan {
  const plan = JSON.parse(readFileSync(join(planDirectory, inCluster.planFile), 'utf8')) as ShardPlan
  if (plan.sources === ownDigest) return plan
  throw new SetupError('The image of this shard has other suites than the checkout that started the run.', {
    fix: 'Build it from that checkout: "holdfast image push <repository> holdfast".',
  })
}

/** The kubeconfig with the credentials of this Pod, written where it is not there yet. */
export function kubeconfigOf({ workDirectory }: Pick<ShardPlace, 'workDirectory'>): string {
  const kubeconfig = join(workDirectory, 'kubeconfig')
  if (!existsSync(kubeconfig)) writeKubeconfigOfPod(kubeconfig)
  return kubeconfig
}

/** A kubeconfig with the credentials of this Pod, for a run that it starts. Throws a `SetupError` outside of a Pod. */
export function temporaryKubeconfigOfPod(): string {
  const path = join(tmpdir(), 'holdfast-kubeconfig-of-pod')
  writeKubeconfigOfPod(path)
  return path
}

/** Where the image has kubectl, where the machine that built it had it. */
const kubectlOfImage = '/usr/local/bin/kubectl'

/**
 * Writes the cluster as this Pod reaches it, with its own credentials, and makes the directory of the run. Returns both. Throws a
 * `SetupError` where the image lacks kubectl and the plan counts on it.
 */
export function prepareDirectory(place: ShardPlace, plan: ShardPlan, kubectl: string = kubectlOfImage) {
  const directory = join(place.workDirectory, plan.runId)
  mkdirSync(directory, { recursive: true })
  const kubeconfig = kubeconfigOf(place)
  const found = JSON.parse(readFileSync(join(place.planDirectory, inCluster.clusterFile), 'utf8')) as ClusterRecord
  if (found.features.includes('Kubectl') && !existsSync(kubectl)) {
    throw new SetupError(`The image of this shard has no kubectl at ${kubectl}, which some guarantees run.`, {
      fix: 'Build the image on a machine that has kubectl on its PATH.',
    })
  }
  const cluster: ClusterRecord = { ...found, kubeconfig, context: contextOfPod, ...(found.kubectl !== undefined && { kubectl }) }
  const clusterFile = join(directory, 'cluster.json')
  writeJson(clusterFile, cluster)
  return { directory, cluster, clusterFile }
}
