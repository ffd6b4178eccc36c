import { randomUUID } from 'node:crypto'
import type { ExecResult } from '../../engine/kubernetes/exec.ts'
import { act } from '../../engine/kubernetes/act.ts'
import type { History } from '../../engine/history/history.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { limits } from '../../engine/limits.ts'
import { containerName } from '../pod/builders/workload-container.ts'
import { containerEngine } from './container-engine.ts'

/** The containers of Pods of a guarantee on one node, reached without the API server and without the kubelet. */
export interface NodeContainers {
  /** Runs a command in the container of a Pod of ours. Throws `Inconclusive` when it fails, or does not run there. */
  exec(pod: string, command: readonly string[]): Promise<ExecResult>
}

/** Where containerd has what the kubelet runs. */
const runtime = ['ctr', '--namespace', 'k8s.io'] as const

/** The containers on the node in a container of this machine. */
export function nodeContainers({
  history,
  namespace,
  container,
  signal,
}: {
  readonly history: History
  readonly namespace: string
  /** Container of the node. */
  readonly container: string
  readonly signal: AbortSignal
}): NodeContainers {
  const run = async (command: readonly string[]) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(limits.execEnded * 1000)])
    return containerEngine(['exec', container, ...runtime, ...command], within)
  }
  const idOf = async (pod: string) => {
    const [id, ...others] = (await run(['containers', 'list', '--quiet', filterOf({ pod, namespace })])).split('\n')
    if (id !== undefined && id !== '' && others.length === 0) return id
    const seen = id === '' ? 'no container' : `${others.length + 1} containers`
    throw new Inconclusive().withDetails({ reason: { summary: `Node ${container} has ${seen} of Pod ${pod}.` } })
  }
  return {
    exec: async (pod, command) =>
      act({
        ...{ history, verb: 'exec-on-node', subject: { kind: 'Pod', name: pod, namespace }, request: { command } },
        async send() {
          const stdout = await run(['tasks', 'exec', '--exec-id', `holdfast-${randomUUID()}`, await idOf(pod), ...command])
          return { exitCode: 0, stdout, stderr: '' }
        },
        answer: ({ exitCode }) => ({ code: 200, reason: 'OK', message: `exit code ${exitCode}` }),
      }),
  }
}

/** Labels that the kubelet gives the containers it makes. */
function filterOf({ pod, namespace }: { readonly pod: string; readonly namespace: string }): string {
  const labels = { 'pod.name': pod, 'pod.namespace': namespace, 'container.name': containerName }
  return Object.entries(labels)
    .map(([label, value]) => `labels."io.kubernetes.${label}"==${value}`)
    .join(',')
}
