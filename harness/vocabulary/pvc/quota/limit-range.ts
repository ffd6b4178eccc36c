import type { V1LimitRange } from '@kubernetes/client-node'

/** Builds a LimitRange: how much a single PVC may ask for, at least and at most. */
export function limitRange(name: string, { min, max }: { readonly min: string; readonly max: string }) {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name },
    spec: { limits: [{ type: 'PersistentVolumeClaim', min: { storage: min }, max: { storage: max } }] },
  } satisfies V1LimitRange
}
