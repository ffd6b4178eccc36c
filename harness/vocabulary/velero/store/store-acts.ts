import type { VeleroRecord } from '../../../../contract/cluster-record.ts'
import type { NamespaceActs } from '../../../engine/fixtures/namespace.ts'
import type { KubernetesApi } from '../../../engine/kubernetes/api.ts'
import { mustHaveVelero } from '../must-have-velero.ts'
import { readStoreCredentials } from './store-credentials.ts'

/** Acts of a suite with the object store of Velero. */
export interface StoreActs {
  /**
   * Copies the credentials of the object store into a Secret here, under AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. They are not
   * recorded. Needs the feature `Velero`.
   */
  shareStoreCredentials(secret: string): Promise<void>
}

/** Acts with the object store in one namespace. */
export function storeActs(options: {
  readonly api: KubernetesApi
  readonly namespace: Pick<NamespaceActs, 'apply'>
  readonly velero: VeleroRecord | undefined
}): StoreActs {
  const { api, namespace, velero } = options
  return {
    async shareStoreCredentials(name) {
      const { accessKey, secretKey } = await readStoreCredentials(api, mustHaveVelero(velero).namespace)
      const stringData = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey }
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData }
      await namespace.apply(secret)
    },
  }
}
