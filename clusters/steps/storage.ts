import type { KubernetesObject, V1CustomResourceDefinition } from '@kubernetes/client-node'
import { parseAllDocuments } from 'yaml'
import { untilReady, type ClusterApi } from '../api.ts'
import { engine } from '../machine/container-engine.ts'
import { classes } from '../profiles/default-profile.ts'
import { access } from './access.ts'
import type { Brought, Component } from './component.ts'
import { components, componentsBeside } from './components.ts'
import { snapshotCrds } from './snapshot-controller.ts'

const crdDirectory = '/kind/holdfast/crds'

/** What storage is installed with. */
export interface StorageOptions {
  /** Name of the node that runs the control plane. */
  readonly controlPlane: string
  /** References by name in the catalogue. */
  readonly images: Readonly<Record<string, string>>
}

/** Installs the snapshot API, the components and the classes of the profile. */
export async function installStorage(api: ClusterApi, options: StorageOptions): Promise<void> {
  await install(api, options, { components, without: [] })
  await Promise.all(classes().map(api.apply))
}

/** What a driver of the user's brings, the snapshot API with it. */
export interface BroughtStorage extends Brought {
  /** Names of CustomResourceDefinitions. */
  readonly definitions: readonly string[]
}

/** Installs what a CSI driver of the user's finds on a cluster of ours: the snapshot API and the components, but for what it brings. */
export async function installForDriver(api: ClusterApi, options: StorageOptions, brought: BroughtStorage): Promise<void> {
  await install(api, options, { components: componentsBeside(brought), without: brought.definitions })
}

/** Installs the snapshot API, but for some definitions, and components. */
async function install(
  api: ClusterApi,
  { controlPlane, images }: StorageOptions,
  wanted: { readonly components: readonly Component[]; readonly without: readonly string[] },
): Promise<void> {
  const crds = (await readCrds(controlPlane)).filter(({ metadata }) => !wanted.without.includes(metadata?.name ?? ''))
  await Promise.all(crds.map(api.apply))
  const [namespace, ...rest] = access(wanted.components)
  if (namespace !== undefined) await api.apply(namespace)
  await Promise.all([...rest, ...wanted.components.flatMap(({ objects }) => objects(images))].map(api.apply))
  await removeUsualClass(api)
  await Promise.all(crds.map(async ({ metadata }) => established(api, metadata?.name ?? '')))
}

/** kind makes a default class of directories of a node. */
async function removeUsualClass(api: ClusterApi): Promise<void> {
  await api.delete({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name: 'standard' })
}

/** Removes what kind's own node image makes that class with. */
export async function removeUsualProvisioner(api: ClusterApi): Promise<void> {
  await removeUsualClass(api)
  await api.delete({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'local-path-provisioner', namespace: 'local-path-storage' })
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
