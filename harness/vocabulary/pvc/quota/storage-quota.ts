/** Builds a ResourceQuota on what all PVCs of a namespace ask for together. */
export function storageQuota(name: string, { atMost }: { readonly atMost: string }) {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard: { 'requests.storage': atMost } } } as const
}
