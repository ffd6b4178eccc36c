import type { KubernetesObject } from '@kubernetes/client-node'
import type { ObjectStoreCredentials } from '../object-store.ts'
import type { Feature, ObjectStoreRecord } from '../../contract/cluster-record.ts'
import { features as defaultFeatures } from './default-profile.ts'

/** Namespace of Velero. */
export const veleroNamespace = 'velero'

/** BackupStorageLocation that suites use. */
export const location = 'default'

/** Features that every cluster of this profile has; others depend on where its images came from. */
export const features: readonly Feature[] = [
  ...defaultFeatures,
  'Velero',
  'VeleroCSI',
  'NodeAgent',
  'ObjectStore',
  'PostgreSQL',
  'Redis',
  'Etcd',
  'ZooKeeper',
  'MariaDB',
  'RabbitMQ',
  'Nginx',
  'NextPostgreSQL',
  'BackupTools',
  'SecondCluster',
]

type Manifest = KubernetesObject & Record<string, unknown>

/** Key of the Secrets with credentials. */
export const credentialsKey = 'cloud'

/** Secret with the credentials of an object store, in the form that the plugin for AWS reads. */
export function credentialsSecret(name: string, { accessKey, secretKey }: ObjectStoreCredentials): Manifest {
  const text = `[default]\naws_access_key_id=${accessKey}\naws_secret_access_key=${secretKey}\n`
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: veleroNamespace }, stringData: { [credentialsKey]: text } }
}

/** Reads credentials back from the text that the plugin for AWS reads. */
export function credentialsIn(text: string): ObjectStoreCredentials {
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? ''
  return { accessKey: value('aws_access_key_id'), secretKey: value('aws_secret_access_key') }
}

/**
 * BackupStorageLocation on an object store, looked at every five seconds; without a Secret it uses the credentials that Velero was given.
 */
export function backupStorageLocation(
  name: string,
  options: { readonly store: ObjectStoreRecord; readonly secret?: string; readonly prefix?: string; readonly isDefault?: boolean },
): Manifest {
  const { store, secret, prefix, isDefault = false } = options
  return {
    apiVersion: 'velero.io/v1',
    kind: 'BackupStorageLocation',
    metadata: { name, namespace: veleroNamespace },
    spec: {
      provider: 'velero.io/aws',
      default: isDefault,
      objectStorage: { bucket: store.bucket, ...(prefix !== undefined && { prefix }) },
      ...(secret !== undefined && { credential: { name: secret, key: credentialsKey } }),
      config: { region: store.region, s3ForcePathStyle: 'true', s3Url: store.endpoint },
      validationFrequency: '5s',
      backupSyncPeriod: '5s',
    },
  }
}
