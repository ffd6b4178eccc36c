import { ApiException, type KubernetesObject } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'

/** Whether an error says that the API server does not serve a kind. The client asks which kinds there are before it lists one. */
export function isUnknownKind(error: unknown): boolean {
  if (error instanceof ApiException) return error.code === 404
  return error instanceof Error && error.message.startsWith('Unrecognized API version and kind')
}

/** Objects of a kind; undefined where the cluster has no such kind, or this user may not see them. */
export async function listIfServed<Listed extends KubernetesObject>(
  api: ClusterApi,
  apiVersion: string,
  kind: string,
): Promise<readonly Listed[] | undefined> {
  const found = await listWhereSeen<Listed>(api, { apiVersion, kind })
  return typeof found === 'string' ? undefined : found
}

/** Objects of a kind, or why there are none to see. */
export async function listWhereSeen<Listed extends KubernetesObject>(
  api: ClusterApi,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): Promise<readonly Listed[] | 'not served' | 'forbidden'> {
  try {
    return (await api.objects.list<Listed>(apiVersion, kind)).items
  } catch (error) {
    if (isUnknownKind(error)) return 'not served'
    if (error instanceof ApiException && error.code === 403) return 'forbidden'
    throw error
  }
}
