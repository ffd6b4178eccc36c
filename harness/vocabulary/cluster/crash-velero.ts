import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { act, done } from '../../engine/kubernetes/act.ts'
import { listed } from '../../engine/kubernetes/bound-objects.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { field } from '../../engine/object.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { Reverts } from '../../engine/fixtures/reverts.ts'
import { limits } from '../../engine/limits.ts'
import { settled } from '../../engine/watch/settled.ts'
import { containerEngine } from '../node/container-engine.ts'
import { mustControl } from '../node/control.ts'
import { isReadyPod } from '../pod/readings.ts'
import { mustHaveVelero } from '../velero/must-have-velero.ts'

/** Label of the Pods of the Velero server, and how its command line begins. That of the node agent is another. */
const labelSelector = 'deploy=velero'
const commandLine = '^/velero server'

/**
 * Kills the Velero server at once, and has its Pod replaced: a kubelet would restart the container in place, later each time. Resolves once
 * the next one is Ready. Throws `Inconclusive` when none is in time.
 */
export async function crashVelero(options: {
  readonly api: KubernetesApi
  readonly cluster: ClusterRecord
  readonly history: History
  readonly reverts: Reverts
  readonly signal: AbortSignal
}): Promise<void> {
  const { api, cluster, history, reverts, signal } = options
  mustControl(cluster, 'ComponentControl')
  const { namespace } = mustHaveVelero(cluster.velero)
  const path = `/api/v1/namespaces/${namespace}/pods`
  const before = await listed(api, `${path}?labelSelector=${labelSelector}`)
  const nextReady = async (within: AbortSignal) => {
    const isNext = (pod: ObservedObject) => isReadyPod(pod) && before.every(({ metadata }) => metadata.uid !== pod.metadata.uid)
    const until = AbortSignal.any([within, AbortSignal.timeout(limits.componentBack * 1000)])
    const pods = await settled({ api, kind: 'Pod', path, labelSelector, holds: (there) => there.some(isNext), signal: until })
    if (!pods.some(isNext))
      throw new Inconclusive().withDetails({ reason: { summary: `No other Velero server was Ready within ${limits.componentBack} s.` } })
  }
  reverts.register('the Velero server', nextReady)
  for (const pod of before) {
    const { name } = pod.metadata
    const node = cluster.nodes.find((candidate) => candidate.name === field(pod, 'spec', 'nodeName'))
    await act({
      ...{ history, verb: 'kill', subject: { kind: 'Pod', name, namespace }, request: { program: 'velero' } },
      send: async () => containerEngine(['exec', node?.container ?? '', 'pkill', '-KILL', '-f', '--', commandLine], signal),
      answer: done,
    })
    await act({
      ...{ history, verb: 'delete', subject: { kind: 'Pod', name, namespace } },
      send: async () => api.send({ method: 'DELETE', path: `${path}/${name}`, signal }),
      answer: done,
    })
  }
  await nextReady(signal)
}
