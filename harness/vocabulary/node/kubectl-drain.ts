import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { act } from '../../engine/kubernetes/act.ts'
import type { History } from '../../engine/history/history.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { type Limit, secondsOf } from '../../engine/platform-limits.ts'
import { type EngineAnswer, engineAnswer } from './container-engine.ts'
import { containerOf, controlPlaneOf } from './worker-nodes.ts'

/** What `kubectl drain` is told beside the node. See https://kubernetes.io/docs/reference/kubectl/generated/kubectl_drain/ */
export interface KubectlDrain {
  /** What the result is called in the history. */
  readonly label: string
  /** Label selector of the Pods that it looks at: those of the guarantee. */
  readonly pods: string
  /** When it gives up. */
  readonly within: Limit
  readonly flags?: readonly ('--delete-emptydir-data' | '--force')[]
}

/** Names what `kubectl drain` came to. */
export interface DrainName {
  readonly node: string
  readonly label: string
}

/** What `kubectl drain` came to. */
export interface Drained {
  /** 0 when no Pod of those it looked at is left on the node. */
  readonly exitCode: number
  /** What it printed. */
  readonly said: string
}

const kubectl = ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf'] as const

/**
 * Runs `kubectl drain` on the control plane of a cluster of ours, and keeps what it came to. A refusal is a result like another. Throws
 * `Inconclusive` when the cluster has no one control plane, and when kubectl could not be started there.
 */
export async function kubectlDrain(
  node: string,
  { label, pods, within, flags = [] }: KubectlDrain,
  { cluster, history, signal }: { readonly cluster: ClusterRecord; readonly history: History; readonly signal: AbortSignal },
): Promise<DrainName> {
  const container = containerOf(cluster, controlPlaneOf(cluster))
  const options = ['--ignore-daemonsets', `--pod-selector=${pods}`, `--timeout=${Math.ceil(secondsOf(within))}s`, ...flags]
  const ended = await act({
    ...{ history, verb: 'kubectl-drain', subject: { kind: 'Node', name: node }, request: { options } },
    send: async () => engineAnswer(['exec', container, ...kubectl, 'drain', node, ...options], signal),
    answer: ({ exitCode }: EngineAnswer) => ({ code: 200, reason: 'OK', message: `exit code ${String(exitCode)}` }),
  })
  // The engine itself ends with these when it cannot run the command.
  if (ended.exitCode === undefined || ended.exitCode >= 125)
    throw new Inconclusive().withDetails({ reason: { summary: `kubectl could not be run on ${container}.`, actual: ended.all } })
  const value: Drained = { exitCode: ended.exitCode, said: ended.all }
  history.append({ type: 'measurement', what: 'drain', label, subject: { kind: 'Node', name: node }, value })
  return { node, label }
}
