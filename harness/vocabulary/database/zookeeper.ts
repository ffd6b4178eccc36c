import type { V1EnvVar, V1Pod } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { onNode } from '../pod/builders/pod.ts'
import { probeAnswersWithin } from '../pod/builders/probes.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import { sizesOf } from '../pvc/sizes.ts'
import { headlessService } from '../service/headless-service.ts'
import { labelsOf, serverPod, serverSet } from './server-set.ts'

/** Port on which a server answers clients. */
export const zookeeperPort = 2181

const [quorumPort, electionPort] = [2888, 3888]

/** Servers of an ensemble of ours: the fewest that outlive one of them. */
const replicas = 3

/** File in which a container has the process of its server. */
const processFile = '/tmp/server'

/** Small heaps, little compilation, and names that are asked for anew once a Pod has another address. */
const smallJava = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
const serverFlags = `-Xmx128m ${smallJava} -Dsun.net.inetaddr.ttl=2 -Dsun.net.inetaddr.negative.ttl=1 -Dzookeeper.preAllocSize=1024`

/**
 * Starts a server whose configuration is in the arguments, one line each. Its id is its ordinal and one, as ids begin with 1. The script is
 * over when the server is, as it has to be for the kubelet to restart it.
 */
const startScript = `
mkdir -p ${dataDirectory}/zookeeper
echo $((\${HOSTNAME##*-} + 1)) > ${dataDirectory}/zookeeper/myid
printf '%s\\n' "$@" > /tmp/zoo.cfg
zkServer.sh start-foreground /tmp/zoo.cfg &
server=$!
echo $server > ${processFile}
trap 'kill "$server"; wait "$server"; exit $?' TERM
wait "$server"`

/** Command that kills the ZooKeeper server of a Pod of ours as a crash would, once the command itself is over. */
export const killZooKeeper: readonly string[] = ['bash', '-c', `(sleep 0.2; kill -KILL "$(cat ${processFile})") > /dev/null 2>&1 &`]

/** Whether a server of a Pod says a line that begins like this to a word of four letters. */
function answers(word: string, line: string): readonly string[] {
  const script = `exec 3<> /dev/tcp/127.0.0.1/${zookeeperPort} && printf ${word} >&3
while read -r line || [ -n "$line" ]; do [[ $line = ${line}* ]] && exit 0; done <&3
exit 1`
  return ['bash', '-c', script]
}

const readiness = {
  'with-the-quorum': answers('srvr', 'Mode:'),
  'when-running': answers('ruok', 'imok'),
} as const satisfies Readonly<Record<string, readonly string[]>>

/** How a ZooKeeper ensemble of ours is run. */
export interface ZooKeeperOptions {
  readonly cluster: ApplicationCluster & Pick<ClusterRecord, 'storageClass' | 'platform'>
  readonly podManagement: 'Parallel' | 'OrderedReady'
  /** A server is Ready once it belongs to a quorum, or as soon as it answers that it is well. */
  readonly ready: keyof typeof readiness
}

/**
 * Builds a StatefulSet of three ZooKeeper servers, each with a volume of its own, that know each other by the names of a headless Service
 * of the same name. See https://kubernetes.io/docs/tutorials/stateful-application/zookeeper/
 */
export function zookeeperSet(name: string, { cluster, podManagement, ready }: ZooKeeperOptions) {
  return serverSet(name, {
    cluster,
    replicas,
    size: sizesOf(cluster).small,
    podManagement,
    podSpec: {
      ...serverPod,
      terminationGracePeriodSeconds: 10,
      containers: [
        {
          name: 'zookeeper',
          image: applicationImage(cluster, 'zookeeper'),
          imagePullPolicy: 'IfNotPresent',
          command: ['bash', '-c', startScript, 'zookeeper'],
          args: configurationOf(name),
          env: [{ name: 'SERVER_JVMFLAGS', value: serverFlags }],
          volumeMounts: [{ name: 'data', mountPath: dataDirectory }],
          readinessProbe: {
            exec: { command: [...readiness[ready]] },
            periodSeconds: 3,
            timeoutSeconds: probeAnswersWithin,
            failureThreshold: 1,
          },
        },
      ],
    },
  })
}

/** Builds the headless Service in which servers have their names before they are Ready: they need each other to become it. */
export function zookeeperService(name: string) {
  return headlessService(name, { port: zookeeperPort, unready: true })
}

/** Builds a Pod without a volume that does nothing but hold the command line of ZooKeeper. */
export function zookeeperClient(name: string, { cluster, node }: { readonly cluster: ApplicationCluster; readonly node?: string }) {
  const env: V1EnvVar[] = [{ name: 'CLIENT_JVMFLAGS', value: `-Xmx64m ${smallJava}` }]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: labelsOf(name) },
    spec: {
      ...serverPod,
      terminationGracePeriodSeconds: 1,
      ...(node !== undefined && { affinity: onNode(node) }),
      containers: [
        {
          name: 'client',
          image: applicationImage(cluster, 'zookeeper'),
          imagePullPolicy: 'IfNotPresent',
          command: ['bash', '-c', `trap 'exit 0' TERM; sleep infinity & wait $!`],
          env,
        },
      ],
    },
  } satisfies V1Pod
}

/** Lines of the configuration of each server of an ensemble: limits in ticks of two seconds, and where the others are. */
function configurationOf(set: string): string[] {
  const server = (ordinal: number) => `server.${ordinal + 1}=${set}-${ordinal}.${set}:${quorumPort}:${electionPort}`
  return [
    'tickTime=2000',
    'initLimit=10',
    'syncLimit=5',
    `dataDir=${dataDirectory}/zookeeper`,
    `clientPort=${zookeeperPort}`,
    'admin.enableServer=false',
    '4lw.commands.whitelist=srvr,ruok,conf',
    // Its own name may not be there yet when a server starts.
    'quorumListenOnAllIPs=true',
    ...Array.from({ length: replicas }, (_, ordinal) => server(ordinal)),
  ]
}
