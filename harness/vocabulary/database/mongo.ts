import type { V1EnvVar } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { databaseUser } from '../../../contract/pod-security.ts'
import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { sizesOf } from '../pvc/sizes.ts'
import { headlessService } from '../service/headless-service.ts'
import { serverPod, serverSet } from './server-set.ts'

/** Name of the replica set that members of ours belong to. */
export const replicaSet = 'rs0'

const mountPath = '/data/db'

/** How MongoDB servers of ours are run. */
export interface MongoOptions {
  readonly cluster: ApplicationCluster & Pick<ClusterRecord, 'storageClass' | 'platform'>
  readonly replicas: number
  /** Secret with the password of the root user under the key `password`. */
  readonly secret?: string
}

/**
 * Builds a StatefulSet of MongoDB servers as it is often written: `mongod` is the command, in place of the entrypoint of the image, and
 * the root user is in the environment. Nothing initiates the replica set.
 */
export function mongoSet(name: string, { cluster, replicas, secret }: MongoOptions) {
  return serverSet(name, {
    cluster,
    replicas,
    size: sizesOf(cluster).largest,
    podSpec: {
      ...serverPod,
      terminationGracePeriodSeconds: 10,
      securityContext: databaseUser,
      containers: [
        {
          name: 'mongod',
          image: applicationImage(cluster, 'mongodb'),
          imagePullPolicy: 'IfNotPresent',
          command: ['mongod'],
          args: [`--replSet=${replicaSet}`, '--bind_ip_all', '--wiredTigerCacheSizeGB=0.25'],
          env: secret === undefined ? [] : rootUser(secret),
          // Its cache and what it needs beside that are more than what small containers may take.
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          volumeMounts: [{ name: 'data', mountPath }],
        },
      ],
    },
  })
}

/** Builds the headless Service in which members have their names before they are Ready. */
export function mongoService(name: string) {
  return headlessService(name, { port: 27017, unready: true })
}

function rootUser(secret: string): V1EnvVar[] {
  return [
    { name: 'MONGO_INITDB_ROOT_USERNAME', value: 'root' },
    { name: 'MONGO_INITDB_ROOT_PASSWORD', valueFrom: { secretKeyRef: { name: secret, key: 'password' } } },
  ]
}
