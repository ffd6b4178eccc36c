import type { V1ConfigMap, V1EnvVar, V1StatefulSet } from '@kubernetes/client-node'
import { postgresSet } from './postgres.ts'

/** Options of a replicated PostgreSQL; its Secret and its headless Service are built apart. */
export type ReplicatedPostgresOptions = Omit<Parameters<typeof postgresSet>[1], 'secret'> & { readonly secret: string }

/** File beside the server's own in which a standby keeps the name of the copy that it started from: a new one each time. */
const nameOfCopy = '../name-of-copy'

/** SQL that tells the name of the copy that a standby started from. */
export const copyQuery = `select trim(pg_read_file(current_setting('data_directory') || '/${nameOfCopy}'))`

/** SQL that says whether a server is a standby. */
export const isStandby = 'select pg_is_in_recovery()'

/** First statement of a transaction that the primary confirms although standbys are away. */
export const withoutStandbys = 'set synchronous_commit = local'

/** Lets servers connect to each other for replication, when the first database is made. */
const allow = `echo 'host replication all all scram-sha-256' >> "$PGDATA/pg_hba.conf"`

/** Copies the primary, ordinal 0, to an empty volume of any other ordinal, so that its server starts as a standby. */
function copyPrimary(set: string): string {
  const primary = `${set}-0`
  return [
    'set -e',
    `[ "$HOSTNAME" != ${primary} ] || exit 0`,
    '[ ! -s "$PGDATA/PG_VERSION" ] || exit 0',
    'rm -rf "$PGDATA"',
    `pg_basebackup --host ${primary}.${set} --username postgres --pgdata "$PGDATA" --wal-method stream --checkpoint fast --write-recovery-conf`,
    `cat /proc/sys/kernel/random/uuid > "$PGDATA/${nameOfCopy}"`,
  ].join('\n')
}

/** Builds the ConfigMap with the two scripts that set replication up, for the StatefulSet of the same name. */
export function replicationScripts(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: { 'allow-replication.sh': allow, 'copy-primary': copyPrimary(name) },
  } satisfies V1ConfigMap
}

/**
 * Builds a StatefulSet of PostgreSQL servers that replicate: the one of ordinal 0 is the primary, an init container makes each other a copy
 * of it, which follows it, and the primary confirms a transaction once every other shows it. See
 * https://kubernetes.io/docs/tasks/run-application/run-replicated-stateful-application/
 */
export function replicatedPostgres(name: string, options: ReplicatedPostgresOptions) {
  const confirmed = { synchronous_standby_names: `FIRST ${options.replicas - 1} (*)`, synchronous_commit: 'remote_apply' }
  // What a standby misses while it is away is kept for it.
  const settings = { ...confirmed, wal_keep_size: '64MB', ...options.settings }
  const set = postgresSet(name, { ...options, settings })
  const { template } = set.spec
  const [server] = template.spec.containers
  if (server === undefined) throw new TypeError(`StatefulSet ${name} has no container.`)
  const scripts = { name: 'scripts', configMap: { name } }
  const password: V1EnvVar = { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: options.secret, key: 'password' } } }
  const copy = {
    name: 'copy-primary',
    image: server.image,
    imagePullPolicy: server.imagePullPolicy,
    command: ['bash', '/scripts/copy-primary'],
    env: [...server.env, password],
    volumeMounts: [...server.volumeMounts, { name: scripts.name, mountPath: '/scripts' }],
  }
  const served = { ...server, volumeMounts: [...server.volumeMounts, { name: scripts.name, mountPath: '/docker-entrypoint-initdb.d' }] }
  const spec = { ...template.spec, initContainers: [copy], containers: [served], volumes: [scripts] }
  return { ...set, spec: { ...set.spec, template: { ...template, spec } } } satisfies V1StatefulSet
}
