import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { UsageError } from '../shell/usage-error.ts'
import { type EvidenceBucket, type EvidencePlace, isBucket } from './evidence-place.ts'
import type { InClusterFlags } from './in-cluster-flags.ts'

/** Enough for the evidence of all guarantees several times over. */
const evidenceSize = '2Gi'

/** What decides where the evidence of a run goes. */
interface Choice {
  readonly record: Pick<ClusterRecord, 'features' | 'storageClass'>
  readonly flags: InClusterFlags
  readonly runId: string
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Where the evidence of a run goes: the bucket that was named, or a volume, for all nodes where that can be. Of a class that is not judged
 * nothing is known but its name. Throws a `UsageError` for a bucket without keys.
 */
export function evidencePlaceOf({ record: { features, storageClass }, flags, runId, env = process.env }: Choice): EvidencePlace {
  const { evidenceClass, evidenceBucket } = flags
  if (evidenceBucket !== undefined) return bucketOf(evidenceBucket, { flags, runId, env })
  const isJudged = evidenceClass === undefined || evidenceClass === storageClass
  const accessMode = !isJudged || features.includes('ReadWriteMany') ? 'ReadWriteMany' : 'ReadWriteOnce'
  return { storageClass: evidenceClass ?? storageClass, accessMode, size: evidenceSize }
}

function bucketOf(
  bucket: string,
  { flags, runId, env }: { readonly flags: InClusterFlags; readonly runId: string; readonly env: NodeJS.ProcessEnv },
): EvidenceBucket {
  const { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: sessionToken } = env
  const { bucketRegion: region = 'us-east-1', bucketEndpoint: endpoint = `https://s3.${region}.amazonaws.com` } = flags
  if (accessKey === undefined || secretKey === undefined) {
    throw new UsageError(`There are no keys for bucket ${bucket}.`, { fix: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.' })
  }
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    throw new UsageError(`${endpoint} is no address of an object store.`, {
      fix: 'Write it with its protocol, such as https://s3.example.com.',
    })
  return { bucket, prefix: `${runId}/`, endpoint, region, credentials: { accessKey, secretKey, sessionToken } }
}

/** Says where evidence goes. */
export function evidenceText(place: EvidencePlace): string {
  if (isBucket(place)) return `Shards keep their evidence in bucket ${place.bucket} below ${place.prefix}, where it stays.`
  const { storageClass, accessMode } = place
  const together = accessMode === 'ReadWriteOnce' ? ', which one node can write to: all shards run on that node' : ''
  return `Shards keep their evidence in a ${accessMode} volume of StorageClass ${storageClass}${together}.`
}
