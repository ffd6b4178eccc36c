import type { Changes, NamespaceActs } from '../../engine/fixtures/namespace.ts'
import type { ObjectRef, ObservedObject } from '../../engine/history/history-entry.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { Reference } from '../../engine/kubernetes/reference.ts'
import { field } from '../../engine/object.ts'

/** Acts of a suite on PersistentVolumeClaims. */
export interface PvcActs {
  /** Asks for a larger volume, for example `640Mi`. */
  expand(pvc: Reference, size: string): Promise<ObservedObject>
  /** Names the PersistentVolume of a PersistentVolumeClaim. */
  pvOf(pvc: string): Promise<ObjectRef>
}

/** Acts on the PersistentVolumeClaims of a namespace. */
export function pvcActs({ change, read }: Changes & Pick<NamespaceActs, 'read'>): PvcActs {
  return {
    expand: async (pvc, size) => change(pvc, { verb: 'expand', body: { spec: { resources: { requests: { storage: size } } } } }),
    async pvOf(pvc) {
      const name = field(await read({ kind: 'PersistentVolumeClaim', name: pvc }), 'spec', 'volumeName')
      if (typeof name === 'string') return { kind: 'PersistentVolume', name }
      throw new Inconclusive().withDetails({ reason: { summary: `PersistentVolumeClaim ${pvc} has no PersistentVolume.` } })
    },
  }
}
