import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { sizesOf } from '../pvc/sizes.ts'
import { headlessService } from '../service/headless-service.ts'
import { serverPod, serverSet } from './server-set.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import { probeAnswersWithin } from '../pod/builders/probes.ts'

/** Port on which a member answers clients. */
export const etcdPort = 2379

const peerPort = 2380

/** In milliseconds; etcd wants the second to be several times the first. */
const slowElections = ['--heartbeat-interval=500', '--election-timeout=5000']

/** How an etcd cluster of ours is run. */
export interface EtcdOptions {
  readonly cluster: ApplicationCluster & Pick<ClusterRecord, 'storageClass' | 'platform'>
  readonly replicas: number
  readonly podManagement: 'Parallel' | 'OrderedReady'
  /** A member is Ready once it belongs to a quorum that answers, or as soon as it runs. */
  readonly ready: 'with-the-quorum' | 'when-running'
  /** Whether members that start with an empty volume found the cluster or join one that is there. */
  readonly members?: 'found' | 'join'
  /** How long members wait for a leader that is silent before they elect another one: a busy machine makes one silent for a second. */
  readonly electsAfter?: 'a-second' | 'five-seconds'
}

/**
 * Builds a StatefulSet of etcd members, each with a volume of its own, that know each other by the names of a headless Service of the
 * same name. A change of the template reaches a Pod only when it is made again.
 */
export function etcdSet(
  name: string,
  { cluster, replicas, podManagement, ready, members = 'found', electsAfter = 'a-second' }: EtcdOptions,
) {
  const path = '/health'
  return serverSet(name, {
    cluster,
    replicas,
    size: sizesOf(cluster).small,
    podManagement,
    updateStrategy: 'OnDelete',
    podSpec: {
      ...serverPod,
      terminationGracePeriodSeconds: 10,
      containers: [
        {
          name: 'etcd',
          image: applicationImage(cluster, 'etcd'),
          imagePullPolicy: 'IfNotPresent',
          command: ['etcd'],
          args: [...argumentsOf(name, { replicas, members }), ...(electsAfter === 'five-seconds' ? slowElections : [])],
          env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
          volumeMounts: [{ name: 'data', mountPath: dataDirectory }],
          ...(ready === 'with-the-quorum' && {
            readinessProbe: {
              httpGet: { path, port: etcdPort },
              periodSeconds: 1,
              timeoutSeconds: probeAnswersWithin,
              failureThreshold: 1,
            },
          }),
        },
      ],
    },
  })
}

/** Builds the headless Service in which members have their names before they are Ready: they need each other to become it. */
export function etcdService(name: string) {
  return headlessService(name, { port: etcdPort, unready: true })
}

/** URL at which the other members reach one of them. */
export function etcdPeer(set: string, member: string): string {
  return `http://${member}.${set}:${peerPort}`
}

function argumentsOf(set: string, { replicas, members }: Required<Pick<EtcdOptions, 'replicas' | 'members'>>): string[] {
  const itself = '$(POD_NAME)'
  const all = Array.from({ length: replicas }, (_, ordinal) => `${set}-${ordinal}`)
  return [
    `--name=${itself}`,
    `--data-dir=${dataDirectory}/etcd`,
    `--listen-client-urls=http://0.0.0.0:${etcdPort}`,
    `--advertise-client-urls=http://${itself}.${set}:${etcdPort}`,
    `--listen-peer-urls=http://0.0.0.0:${peerPort}`,
    `--initial-advertise-peer-urls=${etcdPeer(set, itself)}`,
    `--initial-cluster=${all.map((member) => `${member}=${etcdPeer(set, member)}`).join(',')}`,
    `--initial-cluster-state=${members === 'found' ? 'new' : 'existing'}`,
  ]
}
