import { podReady } from '../vocabulary/conditions.ts'
import { type Bucket, bucketOf } from '../vocabulary/velero/store/bucket.ts'
import { dumpDirectory, type Dumps, dumpsIn } from '../vocabulary/database/dumps-in.ts'
import { until } from '../engine/judge/matchers.ts'
import { databaseClient, pvc } from '../vocabulary/objects.ts'
import type { DumpOptions } from '../vocabulary/job/dump-jobs.ts'
import { sizesOf } from '../vocabulary/pvc/sizes.ts'
import type { Observer } from '../engine/watch/observer.ts'
import type { StoreActs } from '../vocabulary/velero/store/store-acts.ts'
import type { ServerFixtures } from './running-postgres.ts'

/** Where the dumps of a server go: a volume of their own and a bucket of their own. */
export interface DumpPlace {
  readonly bucket: Bucket
  /** The volume, as a Pod sees it that is there beside the Jobs. */
  readonly dumps: Dumps
  /** What a Job needs to dump a database of the server to here. */
  of(database: string): DumpOptions
  /** Makes the bucket, shares what opens it, and asks for the volume and the Pod; waits until that is Ready. */
  prepare(pods: Observer): Promise<void>
}

const pvcName = 'dumps'
const store = 'store'

/** A server that is dumped. */
interface DumpedServer {
  readonly fixtures: ServerFixtures & { readonly namespace: StoreActs }
  readonly server: string
}

/** The place for the dumps of a server, with a Pod of that name to look at them. Nothing is made before `prepare` is called. */
export function dumpPlace(pod: string, { fixtures, server }: DumpedServer): DumpPlace {
  const { namespace, cluster, limits } = fixtures
  const bucket = bucketOf(fixtures)
  return {
    bucket,
    dumps: dumpsIn(pod, fixtures),
    of: (database) => ({ cluster, server, database, pvc: pvcName, bucket: bucket.name, store }),
    async prepare(pods) {
      bucket.make()
      await namespace.shareStoreCredentials(store)
      await namespace.apply(pvc(pvcName, { cluster, size: sizesOf(cluster).small, accessMode: 'ReadWriteMany' }))
      const client = { cluster, host: server, secret: server, application: 'backupTools' } as const
      await namespace.apply(databaseClient(pod, { ...client, mounts: { [dumpDirectory]: pvcName } }))
      await until(pods, podReady({ pod }), { within: limits.podReady })
    },
  }
}
