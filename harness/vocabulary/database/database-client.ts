import type { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node'
import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { type Mounts, volumeMountsOf, volumesOf } from '../pod/builders/mounts.ts'

/** The PostgreSQL server that a client talks to. */
export interface ServerOf {
  /** Name in DNS. */
  readonly host: string
  /** Secret with the password under the key `password`. */
  readonly secret: string
  /** `postgres` unless told otherwise. */
  readonly database?: string
}

/** Environment in which `psql`, `pg_dump` and their like find a server, each of them without an option. */
export function environmentOf({ host, secret, database = 'postgres' }: ServerOf): V1EnvVar[] {
  return [
    { name: 'PGHOST', value: host },
    { name: 'PGUSER', value: 'postgres' },
    { name: 'PGDATABASE', value: database },
    { name: 'PGCONNECT_TIMEOUT', value: '3' },
    { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: secret, key: 'password' } } },
  ]
}

/** A Pod with the clients of a server, and what it mounts. */
export interface ClientOptions extends ServerOf {
  readonly cluster: ApplicationCluster
  readonly mounts?: Mounts
}

/** Builds a Pod that does nothing but hold the clients of a PostgreSQL server, for commands run in it. */
export function databaseClient(name: string, { cluster, mounts = {}, ...server }: ClientOptions) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': name } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: 'client',
          image: applicationImage(cluster, 'backupTools'),
          imagePullPolicy: 'IfNotPresent',
          command: ['bash', '-c', `trap 'exit 0' TERM; sleep infinity & wait $!`],
          env: environmentOf(server),
          volumeMounts: volumeMountsOf(mounts),
        } satisfies V1Container,
      ],
      volumes: volumesOf(mounts),
    },
  } satisfies V1Pod
}
