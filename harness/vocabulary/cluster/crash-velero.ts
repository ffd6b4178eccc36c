import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { act, done } from '../../engine/kubernetes/act.ts'
import type { History } from '../../engine/history/history.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { field } from '../../engine/object.ts'
import type { Reverts } from '../../engine/fixtures/reverts.ts'
import { containerEngine } from '../node/container-engine.ts'
import { mustControl } from '../node/control.ts'
import { containerOf } from '../node/worker-nodes.ts'
import { mustHaveVelero } from '../velero/must-have-velero.ts'
import { commandLineOf } from './command-line.ts'
import { crashPods } from './crash-pods.ts'

/** The node agent is the same program with another word. */
const commandLine = commandLineOf('velero', 'server')

/** Kills the Velero server at once, and has its Pod replaced. Returns once the next one is Ready. Throws `Inconclusive` when it is late. */
export async function crashVelero(options: {
  readonly api: KubernetesApi
  readonly cluster: ClusterRecord
  readonly history: History
  readonly reverts: Reverts
  readonly signal: AbortSignal
}): Promise<void> {
  const { cluster, history, signal } = options
  mustControl(cluster, 'ComponentControl')
  const { namespace } = mustHaveVelero(cluster.velero)
  await crashPods(
    {
      ...{ name: 'the Velero server', namespace, labelSelector: 'deploy=velero' },
      async kill(pods) {
        for (const pod of pods) {
          const container = containerOf(cluster, String(field(pod, 'spec', 'nodeName')))
          await act({
            ...{ history, verb: 'kill', subject: { kind: 'Pod', name: pod.metadata.name, namespace }, request: { program: 'velero' } },
            send: async () => containerEngine(['exec', container, 'pkill', '-KILL', '-f', '--', commandLine], signal),
            answer: done,
          })
        }
      },
    },
    options,
  )
}
