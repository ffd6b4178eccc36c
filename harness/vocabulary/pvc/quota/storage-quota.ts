/**
 * Builds a ResourceQuota on what all PVCs of a namespace ask for together. It counts them too, and has room for more than a guarantee
 * makes: the first one that is counted shows that the API server knows the quota.
 */
export function storageQuota(name: string, { atMost }: { readonly atMost: string }) {
  const hard = { 'requests.storage': atMost, persistentvolumeclaims: '100' }
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard } } as const
}
