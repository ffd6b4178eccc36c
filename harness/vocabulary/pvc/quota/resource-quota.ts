import type { V1ResourceQuota } from '@kubernetes/client-node'

/** Builds a ResourceQuota: at most so much of each resource in the namespace, for example `{ persistentvolumeclaims: '1' }`. */
export function resourceQuota(name: string, hard: Readonly<Record<string, string>>) {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard: { ...hard } } } satisfies V1ResourceQuota
}
