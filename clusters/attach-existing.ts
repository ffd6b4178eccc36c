import type { V1CSIDriver, V1Node, V1StorageClass } from '@kubernetes/client-node'
import { existsSync } from 'node:fs'
import { clusterApi, type ClusterApi } from './api.ts'
import { planImages } from './images/plan.ts'
import { haveRecursiveReadOnlyMounts } from './node-features.ts'
import type { ClusterRecord, Feature } from '../contract/cluster-record.ts'
import { SetupError } from './setup-error.ts'

/** Where an existing cluster is and which classes to test. */
export interface ExistingOptions {
  readonly kubeconfig: string
  readonly context?: string | undefined
  readonly storageClass?: string | undefined
  readonly snapshotClass?: string | undefined
  /** What the driver offers besides what the API tells. */
  readonly declared?: readonly Feature[] | undefined
}

async function open(options: ExistingOptions): Promise<ClusterApi> {
  if (!existsSync(options.kubeconfig)) {
    throw new SetupError(`The kubeconfig ${options.kubeconfig} does not exist.`, { fix: 'Name an existing file with --kubeconfig.' })
  }
  let api: ClusterApi
  try {
    api = clusterApi(options.kubeconfig, options.context)
    if (api.config.getCurrentCluster() === null) throw new Error(`it has no context ${options.context ?? api.config.getCurrentContext()}`)
  } catch (error) {
    throw new SetupError(
      `The kubeconfig ${options.kubeconfig} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      {
        fix: 'Check it with `kubectl config view`.',
        cause: error,
      },
    )
  }
  try {
    await api.objects.list<V1Node>('v1', 'Node')
  } catch (error) {
    throw new SetupError(
      `The cluster of the kubeconfig ${options.kubeconfig} does not answer at ${api.config.getCurrentCluster()?.server ?? ''}.`,
      {
        fix: 'Check that it runs and that the kubeconfig is of this cluster.',
        cause: error,
      },
    )
  }
  return api
}

function isDefault(entry: V1StorageClass): boolean {
  return entry.metadata?.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'
}

/** Describes an existing cluster by what its API says of it. Of what no API tells only what is declared is claimed. */
export async function attachExisting(options: ExistingOptions): Promise<ClusterRecord> {
  const api = await open(options)
  const classes = (await api.objects.list<V1StorageClass>('storage.k8s.io/v1', 'StorageClass')).items
  const storageClass = classes.find((entry) =>
    options.storageClass === undefined ? isDefault(entry) : entry.metadata?.name === options.storageClass,
  )
  if (storageClass === undefined) {
    const known = classes.map((entry) => entry.metadata?.name).join(', ')
    const what = options.storageClass === undefined ? 'no default StorageClass' : `no StorageClass ${options.storageClass}`
    throw new SetupError(`The cluster has ${what}.`, { fix: `Name one with --storage-class: ${known}` })
  }
  const nodes = (await api.objects.list<V1Node>('v1', 'Node')).items
  const driver = await api.read<V1CSIDriver>({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', name: storageClass.provisioner })
  return {
    schemaVersion: 1,
    name: api.config.getCurrentCluster()?.name ?? 'existing',
    profile: 'existing',
    createdAt: new Date().toISOString(),
    kubeconfig: options.kubeconfig,
    context: api.config.getCurrentContext(),
    versions: { kubernetes: nodes[0]?.status?.nodeInfo?.kubeletVersion ?? '' },
    nodes: nodes.map((node) => ({
      name: node.metadata?.name ?? '',
      role: 'node-role.kubernetes.io/control-plane' in (node.metadata?.labels ?? {}) ? ('control-plane' as const) : ('worker' as const),
      zone: node.metadata?.labels?.['topology.kubernetes.io/zone'] ?? '',
      container: '',
      address: node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address ?? '',
    })),
    features: [
      ...featuresOf({
        expansion: storageClass.allowVolumeExpansion === true,
        csi: driver !== undefined,
        snapshots: options.snapshotClass !== undefined,
        nodes,
      }),
      ...(options.declared ?? []),
    ],
    lacking: { DefaultStorageClassFree: 'which class is the default is for those to say who run the cluster' },
    driver: storageClass.provisioner,
    storageClass: storageClass.metadata?.name ?? '',
    snapshotClass: options.snapshotClass ?? '',
    storageClasses: {},
    groupSnapshotClass: '',
    volumeAttributesClasses: [],
    faultyStorageClasses: {},
    faultySnapshotClasses: {},
    faultyGroupSnapshotClasses: {},
    images: [],
    workloadImage: planImages('registry').images.get('workload')?.reference ?? '',
    callLogDirectory: null,
  }
}

function featuresOf(found: {
  readonly expansion: boolean
  readonly csi: boolean
  readonly snapshots: boolean
  readonly nodes: readonly V1Node[]
}): readonly Feature[] {
  const features: Feature[] = ['DynamicProvisioning']
  if (found.expansion) features.push('VolumeExpansion', 'OnlineExpansion')
  if (found.snapshots && found.csi) features.push('VolumeSnapshots')
  if (haveRecursiveReadOnlyMounts(found.nodes)) features.push('RecursiveReadOnlyMounts')
  if (found.nodes.length > 1) features.push('MultipleNodes')
  return features
}
