import type { Changes } from '../../../engine/fixtures/namespace.ts'
import type { Manifest } from '../../../engine/kubernetes/reference.ts'

/** Acts of a suite on StatefulSets. */
export interface StatefulSetActs {
  /** Sets the number of replicas of a StatefulSet. */
  scale(statefulSet: Pick<Manifest, 'metadata'>, replicas: number): Promise<void>
}

/** Acts on the StatefulSets of a namespace. */
export function statefulSetActs({ change }: Changes): StatefulSetActs {
  return {
    async scale({ metadata: { name } }, replicas) {
      await change({ kind: 'StatefulSet', name }, { verb: 'scale', subresource: '/scale', body: { spec: { replicas } } })
    },
  }
}
