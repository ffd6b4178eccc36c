import type { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { databaseUser } from '../../../contract/pod-security.ts'
import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { headlessService } from '../service/headless-service.ts'
import { labelsOf, serverPod, serverSet } from './server-set.ts'
import { onNode } from '../pod/builders/pod.ts'
import { startupProbe } from '../pod/builders/probes.ts'

/** Directory in which a Pod of PostgreSQL mounts its volume. */
export const mountPath = '/var/lib/postgresql/data'

const port = 5432

/** Command that kills the PostgreSQL server of a Pod of ours as a crash would, once the command itself is over. */
export const killServer: readonly string[] = [
  'bash',
  '-c',
  '(sleep 0.2; kill -KILL "$(head -n 1 "$PGDATA/postmaster.pid")") > /dev/null 2>&1 &',
]

/** By default a server keeps up to 1 GiB of log, more than small volumes hold. */
const smallLog = { max_wal_size: '64MB', min_wal_size: '32MB' }

/** How a PostgreSQL server of ours is run. */
export interface PostgresOptions {
  readonly cluster: ApplicationCluster
  /** Major version: the usual one, or the next that the cluster has. */
  readonly version?: 'postgres' | 'postgresNext' | undefined
  /** Secret with the password of the superuser under the key `password`; none when null. */
  readonly secret: string | null
  /** Where in the volume the server keeps its files: in a directory unless told otherwise. The root needs Pod Security `baseline`. */
  readonly files?: 'in-a-directory' | 'at-the-root' | undefined
  /** Name of that directory, where it is another than usual. */
  readonly directory?: string | undefined
  /** Settings of the server, such as `wal_level: 'replica'`. */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

/** Builds the headless Service that gives the PostgreSQL servers of that name, and each of their Pods, a name in DNS. */
export function postgresService(name: string) {
  return headlessService(name, { port })
}

/** Builds a Pod with a PostgreSQL server on a PersistentVolumeClaim that is there. */
export function postgresPod(
  name: string,
  { pvc, node, ...options }: PostgresOptions & { readonly pvc: string; readonly node?: string | undefined },
) {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: pvc } }]
  const spec = { ...podSpec(options), ...(node !== undefined && { affinity: onNode(node) }), volumes }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: labelsOf(name) }, spec } satisfies V1Pod
}

/** Builds a Pod with a PostgreSQL server that keeps its files on the disk of its node, which no CSI driver looks after. */
export function postgresOnNodeDisk(name: string, options: PostgresOptions) {
  const spec = { ...podSpec(options), volumes: [{ name: 'data', emptyDir: {} }] }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: labelsOf(name) }, spec } satisfies V1Pod
}

/** Builds a StatefulSet of PostgreSQL servers, each with a PVC of its own, `data-<pod>`. They know nothing of each other. */
export function postgresSet(
  name: string,
  options: PostgresOptions & {
    readonly cluster: ApplicationCluster & Pick<ClusterRecord, 'storageClass'>
    readonly replicas: number
    /** Size of the volume of each Pod. */
    readonly size: string
  },
) {
  const { cluster, replicas, size } = options
  return serverSet(name, { cluster, replicas, size, podSpec: podSpec(options) })
}

function podSpec(options: PostgresOptions) {
  return {
    ...serverPod,
    terminationGracePeriodSeconds: 10,
    // The root of a volume belongs to root. Only the image, started as root, makes it the server's.
    ...(options.files !== 'at-the-root' && { securityContext: databaseUser }),
    // The first process of a PID namespace cannot be killed from within it; here that is not the server.
    shareProcessNamespace: true,
    containers: [postgresContainer(options)],
  }
}

/** The container of a PostgreSQL server, Ready as soon as the server answers on its port. */
function postgresContainer({
  cluster,
  version = 'postgres',
  secret,
  files = 'in-a-directory',
  directory = 'pgdata',
  settings = {},
}: PostgresOptions) {
  const password: V1EnvVar[] =
    secret === null ? [] : [{ name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: secret, key: 'password' } } }]
  return {
    name: 'postgres',
    image: applicationImage(cluster, version),
    imagePullPolicy: 'IfNotPresent',
    args: ['postgres', ...Object.entries({ ...smallLog, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: [{ name: 'PGDATA', value: files === 'at-the-root' ? mountPath : `${mountPath}/${directory}` }, ...password],
    ports: [{ name: 'postgres', containerPort: port }],
    // While the image makes the database, a server listens on a socket only: the port tells the real one.
    startupProbe: startupProbe(['pg_isready', '--host', '127.0.0.1', '--username', 'postgres', '--quiet']),
    volumeMounts: [{ name: 'data', mountPath }],
  } satisfies V1Container
}
