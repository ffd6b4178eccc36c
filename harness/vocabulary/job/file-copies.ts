import { applicationImage, asDatabaseUser } from '../pod/builders/application-image.ts'
import { environmentOf } from '../database/database-client.ts'
import { keptDirectory, type KeptDumps } from './job-scripts.ts'
import type { JobOptions } from './jobs.ts'

const liveDirectory = '/live'

/** Of which PVC of a running server a copy is made, on which node, and how. */
export interface FileCopyOptions extends KeptDumps {
  /** PersistentVolumeClaim of the server. */
  readonly live: string
  readonly node: string
  /** Just so, or between the start and the stop of a backup of which the server is told. */
  readonly how: 'just-so' | 'as-a-backup'
}

/**
 * Copies the files of a server one after the other, the tables first. The others follow when 300 rows were added and a checkpoint
 * was made: a copy that takes longer than `checkpoint_timeout` has one in its middle too.
 */
const copying = `set -uo pipefail
cat > /tmp/copy-files << 'END'
mkdir ${keptDirectory}/pgdata && chmod 700 ${keptDirectory}/pgdata && cd ${liveDirectory}/pgdata
cp --archive base ${keptDirectory}/pgdata/
rows() { psql --quiet --tuples-only --no-align --command 'select coalesce(max(n), 0) from counter'; }
enough=$(($(rows) + 300))
until [ "$(rows)" -ge $enough ]; do sleep 0.1; done
psql --quiet --command checkpoint
for each in *; do [ "$each" = base ] || cp --archive "$each" ${keptDirectory}/pgdata/; done
END
just_so() { bash /tmp/copy-files; }
as_a_backup() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 << 'END' || exit 1
select pg_backup_start('copy', true) \\g /dev/null
\\! bash /tmp/copy-files
select labelfile from pg_backup_stop(wait_for_archive := false) \\g ${keptDirectory}/pgdata/backup_label
END
  cp --archive ${liveDirectory}/pgdata/pg_wal/. ${keptDirectory}/pgdata/pg_wal/
}
`

const ending = `
rm --force ${keptDirectory}/pgdata/postmaster.pid
[ -s ${keptDirectory}/pgdata/global/pg_control ]
`

/** A Job that copies the data directory of a running server, whose counter is written to, to a PVC of its own. */
export function copyFiles({ cluster, server, database, pvc, live, node, how }: FileCopyOptions): JobOptions {
  return {
    image: applicationImage(cluster, 'backupTools'),
    env: environmentOf({ host: server, secret: server, database }),
    script: `${copying}copy=${how === 'just-so' ? 'just_so' : 'as_a_backup'}\n$copy${ending}`,
    securityContext: asDatabaseUser,
    mounts: { [liveDirectory]: live, [keptDirectory]: pvc },
    node,
  }
}
