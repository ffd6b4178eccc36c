import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { type ApplicationCluster, applicationImage, asDatabaseUser } from '../pod/builders/application-image.ts'
import { environmentOf } from '../database/database-client.ts'
import type { JobOptions } from './jobs.ts'

/** Directory in which the scripts below keep what outlives an attempt, on a PersistentVolumeClaim. */
export const keptDirectory = '/kept'

/** Script that ends at once. */
export const endsAtOnce = 'true'

/** Script that takes longer than two periods of a schedule of every minute. */
export const takesLong = 'sleep 300'

/** Script that fails at its first two attempts, and succeeds then. */
export const failsTwice = `
attempts=$(cat ${keptDirectory}/attempts 2> /dev/null || echo 0)
echo $((attempts + 1)) > ${keptDirectory}/attempts
[ "$attempts" -ge 2 ]
`

/** A Job that reads all that a database has on a PVC. */
export function looksAtFiles({
  cluster,
  pvc,
}: {
  readonly cluster: Pick<ClusterRecord, 'workloadImage'>
  readonly pvc: string
}): JobOptions {
  return {
    image: cluster.workloadImage,
    script: `set -o pipefail; tar --create --exclude ./lost+found --directory ${keptDirectory} . | wc --bytes`,
    securityContext: asDatabaseUser,
    mounts: { [keptDirectory]: pvc },
  }
}

/** Dumps a database twice in the compressed form of `pg_dump`, and once as text. */
const dumpingTwice = `set -euo pipefail
cd ${keptDirectory}
pg_dump --format custom > first.dump
pg_dump --format custom > second.dump
pg_dump > plain.sql
`

/** Makes a database anew from the second of these dumps. */
const restoring = `set -euo pipefail
createdb "$PGDATABASE"
pg_restore --exit-on-error --dbname "$PGDATABASE" ${keptDirectory}/second.dump
`

/** The files of these dumps: two compressed ones in turn, and the same as text. */
export const compressedDumps = { first: 'first.dump', second: 'second.dump', plain: 'plain.sql' } as const

/** A server, one of its databases, and the PVC on which dumps are kept. */
export interface KeptDumps {
  readonly cluster: ApplicationCluster
  readonly server: string
  readonly database: string
  readonly pvc: string
}

/** A Job that dumps a database twice, compressed, and once as text. */
export function dumpCompressed(options: KeptDumps): JobOptions {
  return { ...keeping(options), script: dumpingTwice }
}

/** A Job that makes a database from a compressed dump. */
export function restoreCompressed(options: KeptDumps): JobOptions {
  return { ...keeping(options), script: restoring }
}

function keeping({ cluster, server, database, pvc }: KeptDumps) {
  const env = environmentOf({ host: server, secret: server, database })
  return { image: applicationImage(cluster, 'backupTools'), env, mounts: { [keptDirectory]: pvc } }
}
