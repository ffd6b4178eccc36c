import type { KubernetesObject, V1CustomResourceDefinition } from '@kubernetes/client-node'
import { parseAllDocuments } from 'yaml'
import { untilReady, type ClusterApi } from '../api.ts'
import { engine } from '../container-engine.ts'
import { classes } from '../profiles/default-profile.ts'
import { driverAccess, snapshotControllerAccess, systemNamespaceObject } from './access.ts'
import { csiHostpath } from './csi-hostpath.ts'
import { snapshotController, snapshotCrds } from './snapshot-controller.ts'

const crdDirectory = '/kind/holdfast/crds'

/** What storage is installed with. */
export interface StorageOptions {
  /** Name of the node that runs the control plane. */
  readonly controlPlane: string
  /** References by name in the catalogue. */
  readonly images: Readonly<Record<string, string>>
}

/** Installs the snapshot API, the CSI driver, the controllers and the classes of the profile. */
export async function installStorage(api: ClusterApi, options: StorageOptions): Promise<void> {
  const { images } = options
  const crds = await applyDefinitions(api, options)
  await api.apply(systemNamespaceObject)
  await Promise.all([...driverAccess(), ...csiHostpath(images), ...controllerOf(images)].map(api.apply))
  await removeUsualClass(api)
  await Promise.all(crds.map(async (name) => established(api, name)))
  await Promise.all(classes().map(api.apply))
}

/** What a driver of the user's brings of the snapshot API. */
export interface BroughtSnapshots {
  /** Names of CustomResourceDefinitions. */
  readonly definitions: readonly string[]
  readonly snapshotController: boolean
}

/** Installs what a CSI driver of the user's finds on a cluster of ours: the snapshot API and its controller, but for what it brings. */
export async function installForDriver(api: ClusterApi, options: StorageOptions, brought: BroughtSnapshots): Promise<void> {
  const crds = await applyDefinitions(api, options, brought.definitions)
  await api.apply(systemNamespaceObject)
  if (!brought.snapshotController) await Promise.all(controllerOf(options.images).map(api.apply))
  await removeUsualClass(api)
  await Promise.all(crds.map(async (name) => established(api, name)))
}

/** Applies the snapshot API, but for some definitions. Returns the names of the others, which may not be established yet. */
async function applyDefinitions(
  api: ClusterApi,
  { controlPlane }: StorageOptions,
  without: readonly string[] = [],
): Promise<readonly string[]> {
  const crds = (await readCrds(controlPlane)).filter(({ metadata }) => !without.includes(metadata?.name ?? ''))
  await Promise.all(crds.map(api.apply))
  return crds.map(({ metadata }) => metadata?.name ?? '')
}

function controllerOf(images: StorageOptions['images']): readonly KubernetesObject[] {
  return [...snapshotControllerAccess(), snapshotController(images['snapshot-controller'] ?? '')]
}

/** kind makes a default class of directories of a node. */
async function removeUsualClass(api: ClusterApi): Promise<void> {
  await api.delete({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name: 'standard' })
}

async function readCrds(controlPlane: string): Promise<readonly KubernetesObject[]> {
  const paths = snapshotCrds.map((file) => `${crdDirectory}/${file}`)
  const printed = await engine(['exec', controlPlane, 'sh', '-c', `for file in ${paths.join(' ')}; do cat $file; echo; echo ---; done`])
  const documents = parseAllDocuments(printed).map((document) => document.toJS() as KubernetesObject | null)
  return documents.filter((document) => document !== null).filter((document) => document.apiVersion !== undefined)
}

/** Waits until the API server serves the kind of a CustomResourceDefinition. */
export async function established(api: ClusterApi, name: string): Promise<void> {
  await untilReady({
    what: `The API of ${name}`,
    within: 30,
    async look() {
      const crd = await api.read<V1CustomResourceDefinition>({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        name,
      })
      const isEstablished = crd?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True') ?? false
      return isEstablished ? undefined : `${name} is not established`
    },
  })
}
