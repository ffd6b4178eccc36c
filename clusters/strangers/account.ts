import { writeFileSync } from 'node:fs'
import { CoreV1Api, type KubernetesObject } from '@kubernetes/client-node'
import { parseAllDocuments } from 'yaml'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { clusterApi } from '../api.ts'

/** Who runs the suites where rights are least, as `holdfast rbac --service-account` takes it. */
export const account = { namespace: 'ci', name: 'holdfast' } as const

/** How long its token is good, in seconds. */
const tokenSeconds = 6 * 3600

/** The objects in the output of `holdfast rbac`. */
export function objectsIn(roles: string): readonly KubernetesObject[] {
  return parseAllDocuments(roles)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null)
}

/** Those objects that are outside namespaces or in one of these. The others are what `kubectl apply` complains of before it goes on. */
export function withinNamespaces(objects: readonly KubernetesObject[], namespaces: readonly string[]): readonly KubernetesObject[] {
  return objects.filter(({ metadata }) => metadata?.namespace === undefined || namespaces.includes(metadata.namespace))
}

/** Applies what `holdfast rbac` printed, and writes a kubeconfig whose user has these rights and no others. */
export async function writeLeastKubeconfig(
  record: Pick<ClusterRecord, 'kubeconfig' | 'context'>,
  { roles, file }: { readonly roles: string; readonly file: string },
): Promise<void> {
  const api = clusterApi(record.kubeconfig, record.context)
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: account.namespace } })
  const core = api.config.makeApiClient(CoreV1Api)
  const namespaces = (await core.listNamespace()).items.map(({ metadata }) => metadata?.name ?? '')
  for (const object of withinNamespaces(objectsIn(roles), namespaces)) await api.apply(object)
  const { status } = await core.createNamespacedServiceAccountToken({
    ...account,
    body: { spec: { audiences: [], expirationSeconds: tokenSeconds } },
  })
  const cluster = api.config.getCurrentCluster()
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'stranger', cluster: { server: cluster?.server, 'certificate-authority-data': cluster?.caData } }],
    users: [{ name: account.name, user: { token: status?.token } }],
    contexts: [{ name: 'stranger', context: { cluster: 'stranger', user: account.name } }],
    'current-context': 'stranger',
  })
  writeFileSync(file, `${text}\n`, { mode: 0o600 })
}
