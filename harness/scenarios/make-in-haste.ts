import type { NamespaceActs } from '../engine/fixtures/namespace.ts'
import type { Manifest } from '../engine/kubernetes/reference.ts'
import type { Limits } from '../engine/platform-limits.ts'
import { until } from '../engine/judge/matchers.ts'
import type { Observer } from '../engine/watch/observer.ts'
import { pvcsBound } from '../vocabulary/pvc/conditions.ts'

/** PersistentVolumeClaims to be made and deleted, and what watches them. */
export interface Haste {
  readonly namespace: NamespaceActs
  readonly pvcs: Observer
  readonly limits: Limits
}

/** Makes PersistentVolumeClaims all at once, and deletes each as soon as it is Bound, whatever the others do. */
export async function makeInHaste(manifests: readonly Manifest[], { namespace, pvcs, limits }: Haste): Promise<void> {
  const inHaste = async (manifest: Manifest) => {
    const { metadata } = await namespace.apply(manifest)
    await until(pvcs, pvcsBound({ pvcs: [metadata.name] }), { within: limits.pvcBound })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: metadata.name })
  }
  await Promise.all(manifests.map(inHaste))
}
