import { inCluster } from '../../contract/shards.ts'
import type { StoreCredentials } from './sign-request.ts'

/** A volume that all shards write their evidence to. */
export interface EvidenceClaim {
  readonly storageClass: string
  /** `ReadWriteOnce` keeps all shards on one node. */
  readonly accessMode: 'ReadWriteMany' | 'ReadWriteOnce'
  readonly size: string
}

/** A bucket that all shards write their evidence to, in a store that speaks S3. */
export interface EvidenceBucket {
  readonly bucket: string
  /** Beginning of the keys of all objects of the run. */
  readonly prefix: string
  /** Address of the store, as Pods reach it. */
  readonly endpoint: string
  readonly region: string
  readonly credentials: StoreCredentials
}

/** Where shards keep their evidence. */
export type EvidencePlace = EvidenceClaim | EvidenceBucket

/** Whether evidence goes to a bucket. */
export function isBucket(place: EvidencePlace): place is EvidenceBucket {
  return 'bucket' in place
}

/** The Secret with which Pods write to a bucket. */
export function bucketSecret({ credentials }: EvidenceBucket, namespace: string): object {
  const { accessKey, secretKey, sessionToken } = credentials
  const stringData = {
    ...{ AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey },
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  }
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: inCluster.claim, namespace }, stringData }
}

/** Environment variable of a Pod that says which bucket, as JSON. */
export const bucketVariable = 'HOLDFAST_EVIDENCE_BUCKET'

/** What tells a Pod of the bucket, apart from its credentials. */
export function bucketEnvironment({ bucket, prefix, endpoint, region }: EvidenceBucket) {
  return [{ name: bucketVariable, value: JSON.stringify({ bucket, prefix, endpoint, region }) }]
}
