import { exec, type ExecRequest } from '../engine/kubernetes/exec.ts'
import { field } from '../engine/object.ts'
import { listed } from '../engine/kubernetes/bound-objects.ts'
import type { ObservedObject } from '../engine/history/history-entry.ts'
import { ApiError } from '../engine/kubernetes/api-error.ts'
import { openApi } from '../engine/kubernetes/api.ts'
import { readConnection } from '../engine/kubernetes/connection.ts'
import { limits } from '../engine/limits.ts'
import type { Benchmark } from './figure.ts'

/** Memory of the processes of a container, in MB: what is resident now, and the sum of the most that each one had. */
export interface Memory {
  readonly resident: number
  readonly most: number
}

/** Says its own process id, then becomes the process that reads all of them. */
const readProcesses = ['sh', '-c', 'echo $$; exec grep -E "^Vm(RSS|HWM):" /proc/[0-9]*/status']

/** Reads what `readProcesses` prints. The reading process itself does not count. */
export function memoryIn(printed: string): Memory {
  const [reader = '', ...lines] = printed.split('\n')
  const megabytes = (key: string) =>
    lines
      .map((line) => /^\/proc\/(\d+)\/status:(Vm\w+):\s+(\d+) kB$/u.exec(line))
      .filter((found) => found !== null && found[1] !== reader && found[2] === key)
      .reduce((sum, found) => sum + (Number(found?.[3]) * 1024) / 1e6, 0)
  return { resident: megabytes('VmRSS'), most: megabytes('VmHWM') }
}

/**
 * The container of a Pod that mounts volumes for the kubelet: it has the driver's directory of the kubelet, and a mount whose own mounts
 * reach the host, which no sidecar needs.
 */
export function mountingContainer(pod: ObservedObject, driver: string): string | undefined {
  const list = (...path: readonly string[]): readonly unknown[] => {
    const found = field(pod, 'spec', ...path)
    return Array.isArray(found) ? found : []
  }
  if (!list('volumes').some((volume) => String(field(volume, 'hostPath', 'path')).includes(`/plugins/${driver}`))) return undefined
  const mounts = (container: unknown) => field(container, 'volumeMounts')
  const reachesHost = (container: unknown) =>
    [mounts(container)].flat().some((mount) => field(mount, 'mountPropagation') === 'Bidirectional')
  const found = field(list('containers').find(reachesHost), 'name')
  return typeof found === 'string' ? found : undefined
}

async function memoryOf(pod: ObservedObject, { connection, container, signal }: Pick<ExecRequest, 'connection' | 'container' | 'signal'>) {
  const { name, namespace = '' } = pod.metadata
  const within = AbortSignal.any([signal, AbortSignal.timeout(limits.execEnded * 1000)])
  const { exitCode, stdout, stderr } = await exec({
    connection,
    namespace,
    pod: name,
    container,
    command: readProcesses,
    signal: within,
  })
  if (exitCode !== 0) throw new Error(`Container ${container} of Pod ${namespace}/${name} cannot read /proc: ${stderr.trim()}`)
  return { node: String(field(pod, 'spec', 'nodeName')), memory: memoryIn(stdout) }
}

/** Resident memory of the driver on each node, read from `/proc` inside its containers. */
export const driverMemory: Benchmark = {
  name: 'driver-memory',
  title: "Resident memory of the driver's processes, on each node",
  unit: 'MB',
  limit: 120,
  judged: 'largest',
  async take({ environment: { cluster }, signal }) {
    const api = openApi(await readConnection(cluster.kubeconfig, cluster.context))
    try {
      const found: Awaited<ReturnType<typeof memoryOf>>[] = []
      for (const pod of await listed(api, '/api/v1/pods')) {
        const container = mountingContainer(pod, cluster.driver)
        // In the processes of the whole node the driver's could not be told from others.
        if (container === undefined || field(pod, 'spec', 'hostPID') === true) continue
        found.push(await memoryOf(pod, { connection: api.connection, container, signal }))
      }
      if (found.length === 0) return { why: `no Pod mounts volumes below /plugins/${cluster.driver} in processes of its own.` }
      const shares = found.flatMap(({ node, memory }) => [
        [node, [memory.resident]] as const,
        [`${node}, most since the start`, [memory.most]] as const,
      ])
      return { values: found.map(({ memory }) => memory.resident), shares: Object.fromEntries(shares) }
    } catch (error) {
      // Containers of other drivers may hold no shell.
      if (!(error instanceof ApiError)) throw error
      return { why: error.message }
    } finally {
      api.close()
    }
  },
}
