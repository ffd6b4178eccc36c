import type { V1Container, V1StatefulSet } from '@kubernetes/client-node'
import { mariadbDatabase, mariadbDirectory, mariadbPassword, mariadbSet, type MariadbSetOptions } from './mariadb.ts'

/** User that may do all in the database of a replicated MariaDB, and nothing where the server is read-only. */
export const mariadbUser = 'app'

/** Where the server reads its settings, and where its image looks for what is to be run on its first start. */
const settingsDirectory = '/etc/mysql/conf.d'
const firstStartDirectory = '/docker-entrypoint-initdb.d'

/**
 * Gives each server its number and its role, and one with an empty volume what it runs on its first start: that of ordinal 0 makes a user;
 * any other makes the user too, takes the data of the Pod before it, and follows ordinal 0 from the position that belongs to that data. The
 * position is that of the log of the primary, or how far a replica has come in it.
 */
const prepare = `set -euo pipefail
ordinal=\${HOSTNAME##*-} set=\${HOSTNAME%-*}
if [ "$ordinal" = 0 ]; then role=log_bin=primary; else role=read_only=ON; fi
printf '[mariadbd]\\nserver_id=%d\\n%s\\n' $((100 + ordinal)) "$role" > ${settingsDirectory}/server.cnf
[ ! -d ${mariadbDirectory}/mysql ] || exit 0
position=--dump-slave
[ "$ordinal" != 1 ] || position=--master-data
{
  echo "set sql_log_bin = 0;"
  echo "create user ${mariadbUser} identified by '$${mariadbPassword}'; grant all on ${mariadbDatabase}.* to ${mariadbUser};"
  if [ "$ordinal" != 0 ]; then
    MYSQL_PWD="$${mariadbPassword}" mariadb-dump --host "$set-$((ordinal - 1)).$set" --user root --single-transaction --gtid $position --databases ${mariadbDatabase}
    echo "change master to master_host = '$set-0.$set', master_user = 'root', master_password = '$${mariadbPassword}', master_connect_retry = 1, master_use_gtid = slave_pos;"
  fi
} > ${firstStartDirectory}/first-start.sql
`

/**
 * Builds a StatefulSet of MariaDB servers that replicate: the one of ordinal 0 is the primary. An init container gives each other the data
 * of the Pod before it, with the position from which it follows the primary, read-only. See
 * https://kubernetes.io/docs/tasks/run-application/run-replicated-stateful-application/
 */
export function replicatedMariadb(name: string, options: MariadbSetOptions) {
  const set = mariadbSet(name, options)
  const { template } = set.spec
  const [server] = template.spec.containers
  if (server === undefined) throw new TypeError(`StatefulSet ${name} has no container.`)
  const volumeMounts = [
    ...server.volumeMounts,
    { name: 'settings', mountPath: settingsDirectory },
    { name: 'first-start', mountPath: firstStartDirectory },
  ]
  const { image, imagePullPolicy, env } = server
  const clone = { name: 'clone', image, imagePullPolicy, command: ['bash', '-c', prepare], env, volumeMounts } satisfies V1Container
  const volumes = [
    { name: 'settings', emptyDir: {} },
    { name: 'first-start', emptyDir: {} },
  ]
  const spec = { ...template.spec, initContainers: [clone], containers: [{ ...server, volumeMounts }], volumes }
  return { ...set, spec: { ...set.spec, template: { ...template, spec } } } satisfies V1StatefulSet
}
