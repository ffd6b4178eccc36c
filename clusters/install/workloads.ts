import type { KubernetesObject } from '@kubernetes/client-node'
import { listAt, type Manifest, textAt, titleOf, valueAt } from './manifest.ts'
import { readReference } from './image-reference.ts'

/** Kinds of objects that have Pods, each with where the specification of these is. */
const podSpecs: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
}

/** Whether an object has Pods. */
export function hasPods({ kind = '' }: Manifest): boolean {
  return kind in podSpecs
}

/** Kinds whose Pods are there soon after the object is, so that they can be waited for. */
export const awaitedKinds = ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'Job', 'Pod'] as const

/** An object whose Pods are waited for. */
export interface Workload {
  readonly apiVersion: string
  readonly kind: (typeof awaitedKinds)[number]
  readonly namespace: string
  readonly name: string
}

/** What an object without a namespace is in. */
export const usualNamespace = 'default'

/** The objects whose Pods are waited for. */
export function workloadsIn(manifests: readonly Manifest[]): readonly Workload[] {
  return manifests.flatMap(({ apiVersion = '', kind, metadata }) => {
    const known = awaitedKinds.find((each) => each === kind)
    if (known === undefined) return []
    return [{ apiVersion, kind: known, namespace: metadata?.namespace ?? usualNamespace, name: metadata?.name ?? '' }]
  })
}

/** A container of an object, and the image that it runs. */
export interface ContainerImage {
  readonly reference: string
  /** The object and the container, in words. */
  readonly usedBy: string
  /** Whether a kubelet asks the registry although the node has the image. */
  readonly isAlwaysPulled: boolean
}

/** Every container of the objects, those that run first too. */
export function containerImages(manifests: readonly KubernetesObject[]): readonly ContainerImage[] {
  return manifests.flatMap((manifest) => {
    const path = podSpecs[manifest.kind ?? '']
    if (path === undefined) return []
    const spec = valueAt(manifest, ...path)
    return [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')].flatMap((container) => {
      const reference = textAt(container, 'image')
      if (reference === undefined || reference === '') return []
      const policy = textAt(container, 'imagePullPolicy')
      return [
        {
          reference,
          usedBy: `${titleOf(manifest)}, container ${textAt(container, 'name') ?? ''}`,
          // An image that is called latest is pulled each time, unless somebody says otherwise.
          isAlwaysPulled: policy === 'Always' || (policy === undefined && readReference(reference).tag === 'latest'),
        },
      ]
    })
  })
}
