import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { systemNamespace } from '../../../contract/system.ts'
import { act, done } from '../../engine/kubernetes/act.ts'
import type { History } from '../../engine/history/history.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import type { Reverts } from '../../engine/fixtures/reverts.ts'
import { field } from '../../engine/object.ts'
import { containerEngine } from '../node/container-engine.ts'
import { containerOf } from '../node/worker-nodes.ts'
import { crashPods } from './crash-pods.ts'

const commandLine = '--mode=node'

/**
 * Kills the CSI driver of a node at once and has the Pod around it replaced, as a crash and an update do. Returns once the new Pod is
 * Ready: then the kubelet has registered the driver again. Throws `Inconclusive` when that takes too long.
 */
export async function crashNodePlugin(
  node: string,
  options: {
    readonly api: KubernetesApi
    readonly cluster: ClusterRecord
    readonly history: History
    readonly reverts: Reverts
    readonly signal: AbortSignal
  },
): Promise<void> {
  const { cluster, history, signal } = options
  const container = containerOf(cluster, node)
  await crashPods(
    {
      ...{ name: `the CSI driver on node ${node}`, namespace: systemNamespace, labelSelector: 'app=csi-hostpath-node' },
      isMeant: (pod) => field(pod, 'spec', 'nodeName') === node,
      async kill() {
        await act({
          ...{ history, verb: 'kill', subject: { kind: 'Node', name: node }, request: { program: 'csi-hostpath', commandLine } },
          send: async () => containerEngine(['exec', container, 'pkill', '-KILL', '-f', '--', commandLine], signal),
          answer: done,
        })
      },
    },
    options,
  )
}
