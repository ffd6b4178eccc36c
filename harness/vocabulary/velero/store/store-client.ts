import type { V1EnvVar, V1Secret } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'

/** A bucket of the object store beside the cluster, and the Secret that holds what signs requests to it. */
export interface BucketAccess {
  readonly cluster: Pick<ClusterRecord, 'name' | 'objectStore'>
  readonly bucket: string
  /** Secret with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
  readonly secret: string
}

/** Environment in which `s3Function` reaches a bucket. Throws `Inconclusive` on a cluster without an object store. */
export function bucketEnvironment({ cluster: { name, objectStore }, bucket, secret }: BucketAccess): V1EnvVar[] {
  if (objectStore === undefined) throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${name} has no object store.` } })
  return [
    { name: 'BUCKET_URL', value: `${objectStore.endpoint}/${bucket}` },
    { name: 'STORE_REGION', value: objectStore.region },
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: secret, key } } })),
  ]
}

/**
 * Shell function that sends one request to an S3 object store with \`curl\`: the digest of what is sent, or that none is told, comes first.
 */
export const s3Function = `
s3() {
  curl --fail --silent --show-error --header "x-amz-content-sha256: $1" --aws-sigv4 "aws:amz:$STORE_REGION:s3" \\
    --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" "\${@:2}"
}`

/** Builds a Secret with credentials that no object store knows. */
export function wrongCredentials(name: string) {
  const stringData = { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' }
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData } satisfies V1Secret
}
