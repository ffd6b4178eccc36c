import type { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { databaseUser } from '../../../contract/pod-security.ts'
import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { startupProbe } from '../pod/builders/probes.ts'
import { headlessService } from '../service/headless-service.ts'
import { labelsOf, serverPod, serverSet } from './server-set.ts'

/** Database that the image makes when a MariaDB server of ours starts for the first time. */
export const mariadbDatabase = 'app'

/** Directory of its files in a Pod of MariaDB. */
export const mariadbDirectory = '/var/lib/mysql'

/** How the image and the scripts of ours are told the password of `root`. */
export const mariadbPassword = 'MARIADB_ROOT_PASSWORD'

const port = 3306

/** Room in memory and on the volume: a server asks for more than small containers and volumes have. */
const small = { skip_name_resolve: 'ON', innodb_buffer_pool_size: '32M', innodb_log_file_size: '8M' }

/** How a MariaDB server of ours is run. */
export interface MariadbOptions {
  readonly cluster: ApplicationCluster
  /** Secret with the password of `root` under the key `password`. */
  readonly secret: string
  /** Settings of the server, such as `log_error: '/tmp/error.log'`. */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

/** Options of a StatefulSet of MariaDB servers; its Secret and its headless Service are built apart. */
export interface MariadbSetOptions extends MariadbOptions {
  readonly cluster: ApplicationCluster & Pick<ClusterRecord, 'storageClass'>
  readonly replicas: number
  /** Size of the volume of each Pod. */
  readonly size: string
}

/** Builds the headless Service in which MariaDB servers have their names, also before they are Ready. */
export function mariadbService(name: string) {
  return headlessService(name, { port, unready: true })
}

/** Builds a Pod with a MariaDB server on a PersistentVolumeClaim that is there. */
export function mariadbPod(name: string, { pvc, ...options }: MariadbOptions & { readonly pvc: string }) {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: pvc } }]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: labelsOf(name) },
    spec: { ...podSpec(options), volumes },
  } satisfies V1Pod
}

/** Builds a StatefulSet of MariaDB servers, each with a PVC of its own, `data-<pod>`. They know nothing of each other. */
export function mariadbSet(name: string, options: MariadbSetOptions) {
  const { cluster, replicas, size } = options
  return serverSet(name, { cluster, replicas, size, podSpec: podSpec(options) })
}

/** Environment by which the image makes its database and the user `root`. */
export function mariadbEnvironment(secret: string): V1EnvVar[] {
  return [
    { name: 'MARIADB_DATABASE', value: mariadbDatabase },
    { name: mariadbPassword, valueFrom: { secretKeyRef: { name: secret, key: 'password' } } },
  ]
}

function podSpec(options: MariadbOptions) {
  return {
    ...serverPod,
    terminationGracePeriodSeconds: 30,
    securityContext: databaseUser,
    // A server that is the first process of its PID namespace would keep what ended in its container.
    shareProcessNamespace: true,
    containers: [mariadbContainer(options)],
  }
}

/** The container of a MariaDB server, Ready as soon as the server answers on its port. */
function mariadbContainer({ cluster, secret, settings = {} }: MariadbOptions) {
  const options = Object.entries({ ...small, ...settings }).map(([name, value]) => `--${name.replaceAll('_', '-')}=${value}`)
  return {
    name: 'mariadb',
    image: applicationImage(cluster, 'mariadb'),
    imagePullPolicy: 'IfNotPresent',
    args: ['mariadbd', ...options],
    env: mariadbEnvironment(secret),
    ports: [{ name: 'mariadb', containerPort: port }],
    // While the image makes the database, a server listens on a socket only: the port tells the real one.
    startupProbe: startupProbe([
      'bash',
      '-c',
      `MYSQL_PWD="$${mariadbPassword}" mariadb --host "$HOSTNAME" --user root --execute 'select 1'`,
    ]),
    // The root of an ext4 volume has the directory lost+found, which a server would take for a database.
    volumeMounts: [{ name: 'data', mountPath: mariadbDirectory, subPath: 'mysql' }],
  } satisfies V1Container
}
