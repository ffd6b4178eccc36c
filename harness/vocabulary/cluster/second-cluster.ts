import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { act } from '../../engine/kubernetes/act.ts'
import { keepEtcd, restoreEtcd } from '../node/etcd-state.ts'
import { loseCluster, makeSecondCluster } from './make-second-cluster.ts'
import { messageOf } from '../../engine/causes.ts'
import type { ObjectRef } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { readConnection } from '../../engine/kubernetes/connection.ts'
import type { RequestCount } from '../../engine/kubernetes/request-count.ts'
import { limits } from '../../engine/limits.ts'
import type { TearDownStep } from '../../engine/fixtures/tear-down.ts'
import { settled } from '../../engine/watch/settled.ts'
import type { AdditionalNamespace } from '../../engine/fixtures/additional-namespaces.ts'
import type { StoreSite } from '../../engine/fixtures/injectable-fault.ts'
import { namespaceActs } from '../../engine/fixtures/namespace.ts'
import { observeIn } from '../../engine/fixtures/observe.ts'
import type { Owned } from '../../engine/fixtures/owned.ts'
import { type Velero, veleroActs } from '../velero/velero-acts.ts'
import type { Fixtures } from '../../engine/fixtures/fixtures.ts'

/** A second cluster, there to be lost, and a namespace in it. Its Velero writes to the object store of the first, to a place of its own. */
export interface SecondCluster extends AdditionalNamespace {
  readonly cluster: ClusterRecord
  readonly velero: Velero
  /** Removes the cluster whole, with every file that its CSI driver kept. Nothing that is open on it outlives it. */
  lose(): Promise<void>
  /**
   * Keeps a copy of what etcd holds. The node is stopped meanwhile, which ends what is open on it: the cluster goes by the result from then
   * on.
   */
  keepEtcd(): Promise<SecondCluster>
  /** Gives etcd back what was kept, in the same way. The storage that the CSI driver looks after stays as it is. */
  restoreEtcd(): Promise<SecondCluster>
}

const done = { code: 200, reason: 'OK', message: 'done' } as const

/** Makes a second cluster and the namespace `<namespace>-<suffix>` in it. It is removed with all else that the guarantee owns. */
export async function secondCluster(
  suffix: string,
  options: {
    readonly history: History
    readonly first: ClusterRecord
    /** Namespace of the guarantee. */
    readonly namespace: string
    /** Opens the fault of a control that hits object stores. */
    readonly openStoreFault: (site: Pick<StoreSite, 'cluster' | 'namespace'>) => void
    readonly measureIn: (namespace: string) => Fixtures['measure']
    /** Counts what is sent to its API server, too. */
    readonly requests: RequestCount
    readonly signal: AbortSignal
    /** Closes what is open on it. */
    readonly stack: AsyncDisposableStack
    readonly owned: Owned
  },
): Promise<SecondCluster> {
  const { history, first, namespace: of, openStoreFault, measureIn, requests, signal, stack, owned } = options
  const name = `${first.name}-beside-${randomBytes(2).toString('hex')}`
  const subject: ObjectRef = { kind: 'Cluster', name }
  let stored: string | undefined
  owned.removals.unshift(removal(name, { first, stored: () => stored }))
  const within = AbortSignal.any([signal, AbortSignal.timeout(limits.clusterMade * 1000)])
  const send = async () => makeSecondCluster(first, name, within)
  const made = await act({ history, verb: 'make-cluster', subject, send, answer: () => done })
  const { objectStore } = made
  if (objectStore?.prefix !== undefined) stored = join(objectStore.directory, objectStore.prefix)
  const cluster = { ...made, storageClass: first.storageClass, snapshotClass: first.snapshotClass }

  const namespace = `${of}-${suffix}`
  openStoreFault({ cluster, namespace })
  const [node] = cluster.nodes
  const view = async (): Promise<SecondCluster> => {
    const open = stack.use(new AsyncDisposableStack())
    const api = openApi({ ...(await readConnection(cluster.kubeconfig, cluster.context)), requests })
    open.defer(() => api.close())
    const stopped = async (verb: string, work: (node: string, within: AbortSignal) => Promise<void>) => {
      await open.disposeAsync()
      const until = AbortSignal.any([signal, AbortSignal.timeout(limits.clusterRestarted * 1000)])
      await act({ history, verb, subject, send: async () => work(node?.name ?? '', until), answer: () => done })
      return view()
    }
    return {
      cluster,
      namespace: namespaceActs({ api, history, name: namespace, velero: cluster.velero, signal }),
      velero: veleroActs({ api, history, cluster, namespace, signal }),
      observe: observeIn({ api, history, namespace, additional: { suffix, of }, velero: cluster.velero, signal, stack: open }),
      measure: measureIn(namespace),
      nameOf: (inner) => `${suffix}/${inner}`,
      async lose() {
        await open.disposeAsync()
        const until = AbortSignal.any([signal, AbortSignal.timeout(limits.clusterLost * 1000)])
        await act({ history, verb: 'lose-cluster', subject, send: async () => loseCluster(first, name, until), answer: () => done })
      },
      keepEtcd: async () => stopped('keep-etcd', keepEtcd),
      restoreEtcd: async () => stopped('restore-etcd', restoreEtcd),
    }
  }
  await makeNamespace(namespace, { cluster, requests, signal })
  return view()
}

/**
 * How a second cluster is removed, with what it stored beside the first. Its limit is one of its own: a whole command line starts for it.
 */
export function removal(
  name: string,
  { first, stored }: { readonly first: ClusterRecord; readonly stored: () => string | undefined },
): TearDownStep {
  return {
    name: `Removing cluster ${name}`,
    limit: limits.clusterLost,
    async run(late) {
      try {
        await loseCluster(first, name, late)
      } catch (error) {
        return [`Cluster ${name} was not removed, "holdfast down ${name}" does it: ${messageOf(error)}`]
      } finally {
        const directory = stored()
        if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
      }
    },
  }
}

async function makeNamespace(
  name: string,
  { cluster, requests, signal }: { readonly cluster: ClusterRecord; readonly requests: RequestCount; readonly signal: AbortSignal },
) {
  const api = openApi({ ...(await readConnection(cluster.kubeconfig, cluster.context)), requests })
  try {
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
    await api.send({ method: 'POST', path: '/api/v1/namespaces', body, signal })
    const accounts = `/api/v1/namespaces/${name}/serviceaccounts`
    await settled({ api, kind: 'ServiceAccount', path: accounts, holds: (there) => there.length > 0, signal })
  } finally {
    api.close()
  }
}
