import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { mariadbDatabase, mariadbEnvironment, mariadbPassword } from '../database/mariadb.ts'
import type { JobOptions } from './jobs.ts'

/** Two MariaDB servers by their names in DNS, and the Secret with the password of both. */
export interface MariadbDump {
  readonly cluster: ApplicationCluster
  readonly from: string
  readonly to: string
  readonly secret: string
}

/** A Job that dumps the database of one MariaDB server in one transaction, and restores the dump in another server. */
export function dumpMariadb({ cluster, from, to, secret }: MariadbDump): JobOptions {
  return {
    image: applicationImage(cluster, 'mariadb'),
    env: mariadbEnvironment(secret),
    script: `set -euo pipefail
export MYSQL_PWD="$${mariadbPassword}"
mariadb-dump --host ${from} --user root --single-transaction --routines --databases ${mariadbDatabase} > /tmp/dump.sql
tail --lines 1 /tmp/dump.sql | grep --quiet 'Dump completed'
mariadb --host ${to} --user root < /tmp/dump.sql
`,
  }
}
