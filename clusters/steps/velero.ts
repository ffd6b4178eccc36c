import type { KubernetesListObject, KubernetesObject, V1Container, V1DaemonSet, V1Deployment, V1Secret } from '@kubernetes/client-node'
import { parse } from 'yaml'
import { untilReady, type ClusterApi } from '../api.ts'
import { engine } from '../machine/container-engine.ts'
import type { ObjectStoreCredentials, StartedObjectStore } from '../object-store.ts'
import {
  backupStorageLocation,
  credentialsIn,
  credentialsKey,
  credentialsSecret,
  location,
  veleroNamespace,
} from '../profiles/velero-profile.ts'
import { faultyLocations, type LocationName } from '../mutants/locations.ts'
import { established } from './storage.ts'

/** Options of the Velero installation. */
export interface VeleroOptions {
  readonly kubeconfig: string
  /** References by name in the catalogue. */
  readonly images: Readonly<Record<string, string>>
  readonly store: StartedObjectStore
  /** The store of the location that goes down; without it that location and the one with wrong credentials are left out. */
  readonly failingStore?: StartedObjectStore
  /** Path within the bucket for this cluster's backups: Velero takes no bucket that holds directories other than its own. */
  readonly prefix: string
}

/** Secrets of the locations that fail. */
const wrongCredentials = 'wrong-credentials'
const failingCredentials = 'failing-credentials'

const nodeAgentConfig = 'node-agent-config'
const unlimited = ['velero-pod-cpu', 'velero-pod-mem', 'node-agent-pod-cpu', 'node-agent-pod-mem'].flatMap((what) => [
  `--${what}-request=0`,
  `--${what}-limit=0`,
])

/**
 * By default Velero looks after its asynchronous operations and expired backups in periods of 10 s to 1 h, waits 10 min for a restored
 * volume that never comes, and does one thing at a time. Each look at a location starts a process of its plugin, which costs a second of a
 * core.
 */
const serverArguments = [
  '--item-operation-sync-frequency=1s',
  '--resource-timeout=1m',
  '--garbage-collection-frequency=10s',
  '--store-validation-frequency=20s',
  '--backup-sync-period=10s',
  '--concurrent-backups=4',
  '--item-block-worker-count=4',
  '--client-qps=100',
  '--client-burst=200',
]

/**
 * Installs Velero with its node agent, the plugin for the object store and its BackupStorageLocations. The objects are those that
 * Velero's own client prints.
 */
export async function installVelero(api: ClusterApi, options: VeleroOptions): Promise<void> {
  const { store, failingStore, prefix } = options
  const objects = await printedObjects(options)
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition')
  await Promise.all(definitions.map(api.apply))
  const others = objects.filter(({ kind }) => kind !== 'CustomResourceDefinition')
  for (const object of others.filter(({ kind }) => kind === 'Namespace')) await api.apply(object)
  await Promise.all([
    ...others.filter(({ kind }) => kind !== 'Namespace').map(async (object) => api.apply(tuned(object))),
    api.apply(nodeAgentConfiguration()),
    api.apply(credentialsSecret(credentialsMount.name, store.credentials)),
    ...(failingStore === undefined
      ? []
      : [
          api.apply(credentialsSecret(wrongCredentials, { ...store.credentials, secretKey: 'not-the-key-of-this-store' })),
          api.apply(credentialsSecret(failingCredentials, failingStore.credentials)),
        ]),
  ])
  await Promise.all(definitions.map(async (definition) => established(api, definition.metadata?.name ?? '')))
  await api.apply(backupStorageLocation(location, { store: store.record, prefix, isDefault: true }))
  if (failingStore === undefined) return
  const faulty: Readonly<Record<LocationName, Parameters<typeof backupStorageLocation>[1]>> = {
    'location-wrong-credentials': { store: store.record, secret: wrongCredentials, prefix: wrongCredentials },
    'store-goes-down': { store: failingStore.record, secret: failingCredentials },
  }
  for (const name of Object.keys(faulty) as LocationName[]) await api.apply(backupStorageLocation(faultyLocations[name], faulty[name]))
}

/** Reads what signs requests to the object store from the Secret that Velero reads. */
export async function readCredentials(api: ClusterApi): Promise<ObjectStoreCredentials> {
  const found = await api.read<V1Secret>({ apiVersion: 'v1', kind: 'Secret', name: credentialsMount.name, namespace: veleroNamespace })
  return credentialsIn(Buffer.from(found?.data?.[credentialsKey] ?? '', 'base64').toString())
}

interface Location extends KubernetesObject {
  readonly status?: { readonly phase?: string; readonly message?: string }
}

interface ServerStatus extends KubernetesObject {
  readonly status?: { readonly phase?: string; readonly plugins?: readonly { readonly name: string; readonly kind: string }[] }
}

/** Actions of Velero without which it would back up and restore PVCs without their data. */
const pluginsNeeded = ['velero.io/csi-pvc-backupper', 'velero.io/csi-pvc-restorer', 'velero.io/aws']

/**
 * Waits until the server has loaded the plugins for CSI and the object store, and the BackupStorageLocations that are to work are
 * Available: only then do the server, its plugins and the store work together.
 */
export async function veleroReady(
  api: ClusterApi,
  options: { readonly locations: readonly string[]; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { locations, signal } = options
  const at = { apiVersion: 'velero.io/v1', namespace: veleroNamespace }
  for (const name of locations) {
    const look = async () => {
      const { phase = 'not validated yet', message = '' } =
        (await api.read<Location>({ ...at, kind: 'BackupStorageLocation', name }))?.status ?? {}
      return phase === 'Available' ? undefined : `it is ${phase}${message === '' ? '' : `: ${message}`}`
    }
    await untilReady({ what: `BackupStorageLocation ${name}`, within: 120, signal, look })
  }
  const request = { ...at, kind: 'ServerStatusRequest', name: 'holdfast-ready' }
  const { namespace, name } = request
  await api.apply({ apiVersion: at.apiVersion, kind: request.kind, metadata: { namespace, name } })
  const look = async () => {
    const { phase, plugins = [] } = (await api.read<ServerStatus>(request))?.status ?? {}
    if (phase !== 'Processed') return 'it has not answered a ServerStatusRequest'
    const missing = pluginsNeeded.find((needed) => plugins.every((plugin) => plugin.name !== needed))
    return missing === undefined ? undefined : `it has not loaded the plugin ${missing}`
  }
  await untilReady({ what: 'Velero', within: 60, signal, look })
  await api.delete(request)
}

async function printedObjects({ kubeconfig, images }: VeleroOptions): Promise<readonly KubernetesObject[]> {
  const image = images['velero'] ?? ''
  const printed = await engine(
    [
      ...(['run', '--rm', '--network', 'host', '--volume', `${kubeconfig}:/kubeconfig:ro`, '--entrypoint', '/velero', image] as const),
      ...['install', '--kubeconfig', '/kubeconfig', '--dry-run', '--output', 'yaml', '--namespace', veleroNamespace],
      ...['--image', image, '--plugins', images['velero-plugin-for-aws'] ?? '', '--features', 'EnableCSI', '--use-node-agent'],
      ...['--no-secret', '--no-default-backup-location', '--use-volume-snapshots=false', '--csi-snapshot-early-frequent-polling'],
      ...unlimited,
    ],
    { seconds: 120 },
  )
  const list = parse(printed) as KubernetesListObject<KubernetesObject>
  return list.items
}

function nodeAgentConfiguration(): KubernetesObject {
  const data = { 'config.json': JSON.stringify({ loadConcurrency: { globalConfig: 4 } }) }
  const configuration: KubernetesObject & { data: Readonly<Record<string, string>> } = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: nodeAgentConfig, namespace: veleroNamespace },
    data,
  }
  return configuration
}

/** The printed objects with the settings that the client has no flags for. */
function tuned(object: KubernetesObject): KubernetesObject {
  if (object.kind === 'Deployment') return changed(object as V1Deployment, serverArguments)
  if (object.kind === 'DaemonSet') return changed(object as V1DaemonSet, [`--node-agent-configmap=${nodeAgentConfig}`])
  return object
}

/**
 * Where Velero reads credentials for locations that name none. It writes those that a location names into a file again at every use, which
 * another use may read while it is empty; the file of a mounted Secret is always whole.
 */
const credentialsMount = { name: 'cloud-credentials', mountPath: '/credentials' } as const

function giveCredentials(container: V1Container): void {
  const variable = { name: 'AWS_SHARED_CREDENTIALS_FILE', value: `${credentialsMount.mountPath}/${credentialsKey}` }
  container.env = [...(container.env ?? []), variable]
  container.volumeMounts = [...(container.volumeMounts ?? []), credentialsMount]
}

/** A workload with further arguments and the credentials of the object store; the Pods that move data take both over from it. */
function changed<Workload extends V1Deployment | V1DaemonSet>(workload: Workload, more: readonly string[]): Workload {
  const pod = workload.spec?.template.spec
  if (pod === undefined) throw new TypeError(`${workload.metadata?.name ?? 'A workload'} of Velero has no Pod template.`)
  for (const container of pod.containers) {
    giveCredentials(container)
    container.args = [...(container.args ?? []), ...more]
  }
  pod.volumes = [...(pod.volumes ?? []), { name: credentialsMount.name, secret: { secretName: credentialsMount.name } }]
  pod.terminationGracePeriodSeconds = 2
  return workload
}
