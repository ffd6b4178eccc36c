import * as client from '@kubernetes/client-node'
import { distance } from '../../contract/nearest-name.ts'
import { SetupError } from '../setup-error.ts'
import { groupOf, listAt, type Manifest, type PlacedManifest, textAt, titleOf, valueAt } from './manifest.ts'

/** API groups of Kubernetes itself, and those that it once had. */
const builtInGroups: ReadonlySet<string> = new Set([
  ...['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy'],
  ...[
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'authentication',
    'authorization',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'internal.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
    'storagemigration',
  ].map((name) => `${name}.k8s.io`),
])

/** Groups whose CustomResourceDefinitions a cluster of ours has before anything is installed. */
const ofHoldfast: ReadonlySet<string> = new Set(['snapshot.storage.k8s.io', 'groupsnapshot.storage.k8s.io'])

/** What the cluster will be like. */
export interface CannotServe {
  /** `v1.36.3` */
  readonly kubernetes: string
  /** Whether the settings switch APIs on that are off by default. */
  readonly switchesApisOn: boolean
}

/** Kinds that a CustomResourceDefinition defines, as `group/version kind`. */
function definedBy(crd: Manifest): readonly string[] {
  const [group, kind] = [textAt(crd, 'spec', 'group'), textAt(crd, 'spec', 'names', 'kind')]
  return listAt(crd, 'spec', 'versions').flatMap((version) =>
    valueAt(version, 'served') === true ? [`${group ?? ''}/${textAt(version, 'name') ?? ''} ${kind ?? ''}`] : [],
  )
}

/** Kinds that the objects bring with them, as `group/version kind`. */
export function broughtKinds(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(manifests.filter(({ kind }) => kind === 'CustomResourceDefinition').flatMap(definedBy))
}

/** An object's kind, as `group/version kind`. */
export function kindOf({ apiVersion = '', kind = '' }: client.KubernetesObject): string {
  return `${apiVersion} ${kind}`
}

/** Kinds of an API of Kubernetes as the client knows them; undefined for an API that it does not know. */
function knownKinds(apiVersion: string): readonly string[] | undefined {
  const [group, version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion]
  const words = (group ?? '').replace(/\.k8s\.io$/, '').split('.')
  const name = [...words, version].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  const api = Object.entries(client).find(([each]) => each === `${name}Api`)?.[1]
  if (typeof api !== 'function') return undefined
  const methods = Object.getOwnPropertyNames(api.prototype as object)
  return methods
    .flatMap((method) => /^patch(?:Namespaced)?([A-Z]\w*?)$/.exec(method)?.[1] ?? [])
    .filter((kind) => !kind.endsWith('WithHttpInfo'))
}

/**
 * Throws a `SetupError` for an object of a kind of which it is known before the cluster is made that it will not be served. Of a kind in a
 * stable API that is unknown here only a typing error is: what a newer Kubernetes has is for the cluster to say.
 */
export function refuseUnserved(manifests: readonly PlacedManifest[], cluster: CannotServe): void {
  const brought = broughtKinds(manifests.map(({ manifest }) => manifest))
  for (const { manifest, place } of manifests) {
    if (brought.has(kindOf(manifest))) continue
    const why = whyUnserved(manifest, cluster)
    if (why !== undefined)
      throw new SetupError(`${titleOf(manifest)} of ${place} cannot be installed: ${why.what}.${why.near}`, { fix: why.fix })
  }
}

/** By so many letters a typing error is off; another kind differs in more. */
const lettersOff = 2

interface Unserved {
  readonly what: string
  readonly near: string
  readonly fix: string
}

function whyUnserved(manifest: Manifest, { kubernetes, switchesApisOn }: CannotServe): Unserved | undefined {
  const { apiVersion = '', kind = '' } = manifest
  const group = groupOf(manifest)
  if (ofHoldfast.has(group)) return undefined
  if (!builtInGroups.has(group)) {
    return {
      what: `no CustomResourceDefinition of the manifests defines ${kind} of ${apiVersion}`,
      near: '',
      fix: 'Add the one that does, with another --install if need be, or leave the object out.',
    }
  }
  if (/v\d+(?:alpha|beta)\d+$/.test(apiVersion)) {
    const fix = 'Use a stable version of that API, or switch it on with runtimeConfig in holdfast.yaml.'
    return switchesApisOn ? undefined : { what: `Kubernetes ${kubernetes} does not serve ${apiVersion}`, near: '', fix }
  }
  const kinds = knownKinds(apiVersion)
  if (kinds === undefined) {
    return { what: `Kubernetes ${kubernetes} does not serve ${apiVersion}`, near: '', fix: 'Correct its apiVersion.' }
  }
  const meant = kinds.find((each) => distance(each.toLowerCase(), kind.toLowerCase()) <= lettersOff)
  if (kinds.includes(kind) || meant === undefined) return undefined
  return { what: `${apiVersion} has no kind ${kind}`, near: ` Did you mean ${meant}?`, fix: 'Correct its kind.' }
}
