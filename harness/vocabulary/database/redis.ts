import type { V1Deployment } from '@kubernetes/client-node'
import { type ApplicationCluster, applicationImage, asDatabaseUser } from '../pod/builders/application-image.ts'
import { startupProbe } from '../pod/builders/probes.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'

/** What a single Redis server is run on. */
export interface RedisOptions {
  readonly cluster: ApplicationCluster
  /** PersistentVolumeClaim for its files. */
  readonly pvc: string
}

/**
 * Builds a Deployment of one Redis server that writes every change to its append-only file, and no other file. A roll-out ends the
 * old Pod before it makes the new one.
 */
export function redisDeployment(name: string, { cluster, pvc }: RedisOptions) {
  const labels = { 'app.kubernetes.io/name': name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 10,
          securityContext: asDatabaseUser,
          containers: [
            {
              name: 'redis',
              image: applicationImage(cluster, 'redis'),
              imagePullPolicy: 'IfNotPresent',
              command: ['redis-server'],
              args: ['--dir', dataDirectory, '--save', '', '--appendonly', 'yes', '--protected-mode', 'no'],
              volumeMounts: [{ name: 'data', mountPath: dataDirectory }],
              startupProbe: startupProbe(['redis-cli', 'ping']),
            },
          ],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: pvc } }],
        },
      },
    },
  } satisfies V1Deployment
}

/** Change of a Deployment that makes it roll out: another annotation on its Pods. */
export const rollOut = { spec: { template: { metadata: { annotations: { 'holdfast.dev/rolled-out': 'again' } } } } } as const
