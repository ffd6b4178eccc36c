import { randomBytes } from 'node:crypto'
import type { V1Secret } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { databaseUser } from '../../../contract/pod-security.ts'
import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { probeAnswersWithin } from '../pod/builders/probes.ts'
import { sizesOf } from '../pvc/sizes.ts'
import { headlessService } from '../service/headless-service.ts'
import { serverPod, serverSet } from './server-set.ts'

/** Port of the HTTP API of a node. */
export const rabbitApiPort = 15_672

/** Port at which clients are answered: a node opens it when it has booted and knows its cluster. */
const amqpPort = 5672

/** Home of the server in its images: the cookie and the database are there. */
const mountPath = '/var/lib/rabbitmq'

const [configuration, plugins] = ['/tmp/rabbitmq.conf', '/tmp/enabled_plugins']

/** What a node logs, in its container, beside the log of the container itself: a container that was started again has one of its own. */
export const rabbitLog = '/tmp/rabbitmq.log'

/** How a RabbitMQ cluster of ours is run. */
export interface RabbitOptions {
  readonly cluster: ApplicationCluster & Pick<ClusterRecord, 'storageClass' | 'platform'>
  readonly replicas: number
  readonly podManagement: 'Parallel' | 'OrderedReady'
}

/**
 * Its arguments are the lines of `rabbitmq.conf`. A node whose own name does not resolve fails at once, and has it a moment after its
 * container started.
 */
const start = `set -e
rm -f "$HOME/.erlang.cookie"
(umask 077; printf %s "$COOKIE" > "$HOME/.erlang.cookie")
printf '%s\\n' "$@" > ${configuration}
echo '[rabbitmq_management].' > ${plugins}
until getent hosts "\${RABBITMQ_NODENAME#*@}" > /dev/null; do sleep 0.2; done
exec rabbitmq-server`

/**
 * Builds a StatefulSet of RabbitMQ nodes, each with a volume of its own and the name that its Pod has in the headless Service of the same
 * name. Those that start with an empty volume find each other by these names, of which each has the list. A node is Ready once it takes
 * clients. A change of the template reaches a Pod only when it is made again.
 */
export function rabbitSet(name: string, { cluster, replicas, podManagement }: RabbitOptions) {
  return serverSet(name, {
    cluster,
    replicas,
    size: sizesOf(cluster).small,
    podManagement,
    updateStrategy: 'OnDelete',
    podSpec: {
      ...serverPod,
      terminationGracePeriodSeconds: 30,
      securityContext: databaseUser,
      containers: [
        {
          name: 'rabbitmq',
          image: applicationImage(cluster, 'rabbitmq'),
          imagePullPolicy: 'IfNotPresent',
          command: ['bash', '-c', start, 'rabbitmq'],
          args: linesOf(name, replicas),
          env: [
            { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
            { name: 'COOKIE', valueFrom: { secretKeyRef: { name, key: 'cookie' } } },
            { name: 'HOME', value: mountPath },
            { name: 'RABBITMQ_NODENAME', value: rabbitNode(name, '$(POD_NAME)') },
            { name: 'RABBITMQ_USE_LONGNAME', value: 'true' },
            { name: 'RABBITMQ_CONFIG_FILE', value: configuration },
            { name: 'RABBITMQ_ENABLED_PLUGINS_FILE', value: plugins },
            // Any value, such as that of the image, would be the only place where it logs.
            { name: 'RABBITMQ_LOGS', value: '' },
            // Threads of Erlang that have nothing to do would keep a core busy for a while.
            { name: 'RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS', value: '+sbwt none +sbwtdcpu none +sbwtdio none' },
          ],
          volumeMounts: [{ name: 'data', mountPath }],
          readinessProbe: { tcpSocket: { port: amqpPort }, periodSeconds: 1, timeoutSeconds: probeAnswersWithin, failureThreshold: 1 },
        },
      ],
    },
  })
}

/** Builds the headless Service in which nodes have their names before they are Ready: they need each other to become it. */
export function rabbitService(name: string) {
  return headlessService(name, { port: amqpPort, unready: true })
}

/** Builds the Secret with the cookie by which nodes of one cluster trust each other. Histories keep it without its content. */
export function rabbitSecret(name: string) {
  const cookie = randomBytes(24).toString('hex')
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { cookie } } satisfies V1Secret
}

/** Name that the node of a Pod has in its cluster. */
export function rabbitNode(set: string, pod: string): string {
  return `rabbit@${pod}.${set}`
}

function linesOf(set: string, replicas: number): string[] {
  const nodes = Array.from({ length: replicas }, (_, ordinal) => rabbitNode(set, `${set}-${ordinal}`))
  return [
    'cluster_formation.peer_discovery_backend = classic_config',
    ...nodes.map((node, place) => `cluster_formation.classic_config.nodes.${place + 1} = ${node}`),
    // The usual user may come from another Pod.
    'loopback_users = none',
    'log.console = true',
    `log.file = ${rabbitLog}`,
  ]
}
