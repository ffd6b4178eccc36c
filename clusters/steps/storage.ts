import type { KubernetesObject, V1CustomResourceDefinition } from '@kubernetes/client-node'
import { parseAllDocuments } from 'yaml'
import { untilReady, type ClusterApi } from '../api.ts'
import { engine } from '../container-engine.ts'
import { classes } from '../profiles/default-profile.ts'
import { access } from './access.ts'
import { components } from './components.ts'
import { snapshotCrds } from './snapshot-controller.ts'

const crdDirectory = '/kind/holdfast/crds'

/** Installs the snapshot API, the components and the classes of the profile. */
export async function installStorage(
  api: ClusterApi,
  options: { readonly controlPlane: string; readonly images: Readonly<Record<string, string>> },
): Promise<void> {
  const { controlPlane, images } = options
  const crds = await readCrds(controlPlane)
  await Promise.all(crds.map((crd) => api.apply(crd)))
  const [namespace, ...rest] = access(components)
  if (namespace !== undefined) await api.apply(namespace)
  await Promise.all([...rest, ...components.flatMap(({ objects }) => objects(images))].map(api.apply))
  await api.delete({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name: 'standard' })
  await Promise.all(crds.map((crd) => established(api, crd.metadata?.name ?? '')))
  await Promise.all(classes().map(api.apply))
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
