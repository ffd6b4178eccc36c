import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { systemNamespace } from '../../../contract/system.ts'
import { act, done } from '../../engine/kubernetes/act.ts'
import type { History } from '../../engine/history/history.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import type { Reverts } from '../../engine/fixtures/reverts.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { listed } from '../../engine/kubernetes/bound-objects.ts'
import { field } from '../../engine/object.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { limits } from '../../engine/limits.ts'
import { settled } from '../../engine/watch/settled.ts'
import { containerEngine } from '../node/container-engine.ts'
import { containerOf } from '../node/worker-nodes.ts'
import { isReadyPod } from '../pod/readings.ts'

const path = `/api/v1/namespaces/${systemNamespace}/pods`
const labelSelector = 'app=csi-hostpath-node'
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
  const { api, cluster, history, reverts, signal } = options
  const container = containerOf(cluster, node)
  const ofNode = (pod: ObservedObject) => field(pod, 'spec', 'nodeName') === node
  const settles = async (within: AbortSignal, isWanted: (pod: ObservedObject) => boolean) => {
    const holds = (pods: readonly ObservedObject[]) => pods.filter(ofNode).some((pod) => isWanted(pod) && isReadyPod(pod))
    const ended = AbortSignal.any([within, AbortSignal.timeout(limits.componentBack * 1000)])
    if (holds(await settled({ api, kind: 'Pod', path, labelSelector, holds, signal: ended }))) return
    const summary = `The CSI driver was not Ready again on node ${node} within ${limits.componentBack} s.`
    throw new Inconclusive().withDetails({ reason: { summary } })
  }

  const before = (await listed(api, `${path}?labelSelector=${encodeURIComponent(labelSelector)}`)).filter(ofNode)
  const isNew = ({ metadata: { uid, deletionTimestamp } }: ObservedObject) =>
    deletionTimestamp === undefined && before.every(({ metadata }) => metadata.uid !== uid)
  reverts.register(`the CSI driver on node ${node}`, async (within) => settles(within, () => true))
  await act({
    ...{ history, verb: 'kill', subject: { kind: 'Node', name: node }, request: { program: 'csi-hostpath', commandLine } },
    send: async () => containerEngine(['exec', container, 'pkill', '-KILL', '-f', '--', commandLine], signal),
    answer: done,
  })
  for (const { metadata } of before)
    await act({
      ...{ history, verb: 'delete', subject: { kind: 'Pod', name: metadata.name, namespace: systemNamespace } },
      send: async () => api.send({ method: 'DELETE', path: `${path}/${metadata.name}`, signal }),
      answer: done,
    })
  await settles(signal, isNew)
}
