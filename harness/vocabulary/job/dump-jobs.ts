import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { applicationImage } from '../pod/builders/application-image.ts'
import { environmentOf } from '../database/database-client.ts'
import { dumpDirectory } from '../database/dumps-in.ts'
import type { JobOptions } from './jobs.ts'
import { type BucketAccess, bucketEnvironment, s3Function } from '../velero/store/store-client.ts'

/** What a Job dumps, and where to. */
export interface DumpOptions {
  readonly cluster: Pick<ClusterRecord, 'name' | 'applicationImages' | 'objectStore'>
  /** PostgreSQL server: its name in DNS, which is that of its Secret too. */
  readonly server: string
  readonly database: string
  /** PersistentVolumeClaim for the dumps. */
  readonly pvc: string
  readonly bucket: BucketAccess['bucket']
  /** Secret with the credentials of the object store. */
  readonly store: string
}

const name = '"$PGDATABASE-$(date +%Y%m%d-%H%M%S).sql.gz"'
const pruning = `find ${dumpDirectory} -name '*.sql.gz' -mtime +7 -delete`

/** How such a Job is often shown: each line is right by itself, and nobody looks how the one before ended. */
const scriptIgnoringErrors = `
cd ${dumpDirectory}
file=${name}
pg_dump | gzip > "$file"
aws s3 cp "$file" "s3://$BUCKET/$file" --endpoint-url "$STORE_ENDPOINT"
${pruning}
`

/** The same, so that a failure is one: the dump is whole before it gets its name, stored before anything older goes. */
const strictScript = `set -euo pipefail
${s3Function}
cd ${dumpDirectory}
file=${name}
pg_dump | gzip > "$file.part"
gzip --decompress --stdout "$file.part" | tail --lines 5 | grep --quiet 'PostgreSQL database dump complete'
mv "$file.part" "$file"
digest=$(sha256sum "$file" | cut --delimiter ' ' --fields 1)
s3 "$digest" --upload-file "$file" "$BUCKET_URL/$file"
${pruning}
`

/** Fetches the newest dump of the bucket and makes the database from it, anew. */
const restoreScript = `set -euo pipefail
${s3Function}
file=$(s3 UNSIGNED-PAYLOAD "$BUCKET_URL?list-type=2&prefix=$PGDATABASE-" | grep --only-matching '<Key>[^<]*' | cut --characters 6- | sort | tail --lines 1)
s3 UNSIGNED-PAYLOAD --output /tmp/dump "$BUCKET_URL/$file"
dropdb --if-exists "$PGDATABASE"
createdb "$PGDATABASE"
gzip --decompress --stdout /tmp/dump | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 > /dev/null
`

/** A Job of dumps as it is often shown, in the image of the database. */
export function dumpIgnoringErrors(options: DumpOptions): JobOptions {
  return { ...dumping(options), image: applicationImage(options.cluster, 'postgres'), script: scriptIgnoringErrors }
}

/** A Job of dumps that fails when one of its steps does, in an image that has all the tools. */
export function strictDump(options: DumpOptions): JobOptions {
  return { ...dumping(options), image: applicationImage(options.cluster, 'backupTools'), script: strictScript }
}

/** A Job that does nothing but prune. */
export function pruneDumps(options: DumpOptions): JobOptions {
  return { ...dumping(options), script: pruning }
}

/** A Job that makes a database from the newest dump of a bucket. */
export function restoreFromBucket(options: Omit<DumpOptions, 'pvc'>): JobOptions {
  const { image, env } = toolsOf(options)
  return { image, env, script: restoreScript }
}

function dumping(options: DumpOptions) {
  return { ...toolsOf(options), mounts: { [dumpDirectory]: options.pvc } }
}

function toolsOf({ cluster, server, database, bucket, store }: Omit<DumpOptions, 'pvc'>) {
  return {
    image: applicationImage(cluster, 'backupTools'),
    env: [
      ...environmentOf({ host: server, secret: server, database }),
      { name: 'BUCKET', value: bucket },
      { name: 'STORE_ENDPOINT', value: cluster.objectStore?.endpoint ?? '' },
      ...bucketEnvironment({ cluster, bucket, secret: store }),
    ],
  }
}
