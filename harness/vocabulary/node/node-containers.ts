import { randomUUID } from 'node:crypto'
import { askApiServer } from '../../../contract/ask-api-server.ts'
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
  /** Ids of the containers of a Pod of ours that run on the node. */
  running(pod: string): Promise<readonly string[]>
  /** Asks the API server from the node itself, for ten seconds if need be. Returns the first line of its answer; empty when none came. */
  askApiServer(): Promise<string>
}

/** Script that asks the API server by the address that the kubelet of the node has of it, until it answers or ten seconds are over. */
const asking = [
  `server=$(sed -n 's#^ *server: https://##p' /etc/kubernetes/kubelet.conf)`,
  'export KUBERNETES_SERVICE_HOST="${server%:*}" KUBERNETES_SERVICE_PORT="${server##*:}"',
  `ask() { timeout 3 bash -c "$0" 2> /dev/null; }`,
  'until ask || [ "$SECONDS" -ge 10 ]; do :; done',
].join('\n')

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
  const onNode = async (command: readonly string[]) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(limits.execEnded * 1000)])
    return containerEngine(['exec', container, ...command], within)
  }
  const run = async (command: readonly string[]) => onNode([...runtime, ...command])
  const ids = async (pod: string) =>
    (await run(['containers', 'list', '--quiet', filterOf({ pod, namespace })])).split('\n').filter((id) => id !== '')
  const idOf = async (pod: string) => {
    const [id, ...others] = await ids(pod)
    if (id !== undefined && others.length === 0) return id
    const seen = id === undefined ? 'no container' : `${others.length + 1} containers`
    throw new Inconclusive().withDetails({ reason: { summary: `Node ${container} has ${seen} of Pod ${pod}.` } })
  }
  return {
    async running(pod) {
      const tasks = (await run(['tasks', 'list'])).split('\n').map((line) => line.split(/\s+/))
      const started = new Set(tasks.filter(([, , status]) => status === 'RUNNING').map(([id]) => id))
      return (await ids(pod)).filter((id) => started.has(id)).toSorted()
    },
    askApiServer: async () => onNode(['bash', '-c', asking, askApiServer]),
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
