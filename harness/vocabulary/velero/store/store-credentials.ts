import { field } from '../../../engine/object.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'
import type { KubernetesApi } from '../../../engine/kubernetes/api.ts'

/** What signs requests to an object store. It goes from one Secret to another and nowhere else. */
export interface StoreCredentials {
  readonly accessKey: string
  readonly secretKey: string
}

/** Secret of Velero's namespace, and its key, under which Velero finds the credentials of the object store. */
const secret = { name: 'cloud-credentials', key: 'cloud' } as const

/** Reads the credentials of the object store from the Secret that Velero reads. Throws `Inconclusive` when they are not in it. */
export async function readStoreCredentials(api: KubernetesApi, velero: string): Promise<StoreCredentials> {
  const data = field(await api.send({ path: `/api/v1/namespaces/${velero}/secrets/${secret.name}` }), 'data', secret.key)
  const text = typeof data === 'string' ? Buffer.from(data, 'base64').toString('utf8') : ''
  const value = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, 'mu').exec(text)?.[1]
  const [accessKey, secretKey] = [value('aws_access_key_id'), value('aws_secret_access_key')]
  if (accessKey !== undefined && secretKey !== undefined) return { accessKey, secretKey }
  throw new Inconclusive().withDetails({ reason: { summary: `Secret ${velero}/${secret.name} has no credentials for an object store.` } })
}
