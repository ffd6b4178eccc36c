import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Condition } from '../engine/judge/check.ts'
import type { ObservedObject } from '../engine/history/history-entry.ts'
import { field } from '../engine/object.ts'
import { listed } from '../engine/kubernetes/bound-objects.ts'
import type { KubernetesApi } from '../engine/kubernetes/api.ts'
import { openApi } from '../engine/kubernetes/api.ts'
import { readConnection } from '../engine/kubernetes/connection.ts'
import { readEnvironment } from '../engine/fixtures/environment.ts'
import { statefulSet } from '../vocabulary/statefulset/builders/stateful-set.ts'
import { type BenchPlan, reach, withBenchFixtures } from './bench-fixtures.ts'
import { type GrowthPoint, growthSentences, type Room, roomForPods, sumOfMetric } from './growth-figures.ts'
import { growthSvg } from './growth-svg.ts'
import { interruption } from './interruption.ts'
import { seconds, seenAt, sentAt } from './moments.ts'

const sizes = [10, 100, 500]
const name = 'web'

/** Seconds that a StatefulSet of so many Pods may take to be Ready. */
function limitOf(pods: number): number {
  return 120 + 4 * pods
}

/** What the API server says of itself. Users without the right to read it are told nothing. */
async function metricsOf(api: KubernetesApi): Promise<{ readonly requests: number | undefined; readonly megabytes: number | undefined }> {
  const text = await api.read({ path: '/metrics' }).catch(() => '')
  const bytes = sumOfMetric(text, 'process_resident_memory_bytes')
  return { requests: sumOfMetric(text, 'apiserver_request_total'), megabytes: bytes === undefined ? undefined : bytes / 1e6 }
}

function isReady(pod: ObservedObject): boolean {
  const conditions = field(pod, 'status', 'conditions')
  return Array.isArray(conditions) && conditions.some((one) => field(one, 'type') === 'Ready' && field(one, 'status') === 'True')
}

/** So many Pods are Ready. It looks at each entry once: a condition that reads the whole history at each event takes the square of it. */
export function manyReady(pods: number): Condition {
  let looked = 0
  const ready = new Set<string>()
  return {
    name: 'many-ready',
    params: { pods },
    reads: ['Pod'],
    description: `${pods} Pods Ready`,
    holds(history) {
      if (history.length < looked) {
        looked = 0
        ready.clear()
      }
      for (const entry of history.slice(looked)) {
        if (entry.type !== 'observation' || entry.kind !== 'Pod') continue
        if (entry.event !== 'DELETED' && isReady(entry.object)) ready.add(entry.object.metadata.name)
        else ready.delete(entry.object.metadata.name)
      }
      looked = history.length
      return ready.size === pods
    },
  }
}

/** Makes a StatefulSet with so many Pods and PVCs, all at once, and removes it. */
async function grown(pods: number, plan: BenchPlan, api: KubernetesApi): Promise<GrowthPoint> {
  let readyAt = 0
  const before = await metricsOf(api)
  const taken = await withBenchFixtures(`growth-${pods}`, plan, async ({ namespace, observe, history: { entries }, cluster }) => {
    const observer = await observe.pods()
    await namespace.apply(statefulSet(name, { cluster, replicas: pods, data: '1Gi', podManagement: 'Parallel' }))
    await reach(observer, manyReady(pods), limitOf(pods))
    const sent = sentAt(entries, 'apply', { kind: 'StatefulSet', name })
    const each = Array.from({ length: pods }, (_, ordinal) => seenAt(entries, { kind: 'Pod', name: `${name}-${ordinal}` }, isReady))
    const after = await metricsOf(api)
    readyAt = performance.now()
    return {
      seconds: Math.max(...each.map((at) => seconds(sent, at))),
      requests: before.requests === undefined || after.requests === undefined ? undefined : after.requests - before.requests,
      apiServerMegabytes: after.megabytes,
      runnerMegabytes: process.memoryUsage.rss() / 1e6,
    }
  })
  return { pods, ...taken, removedSeconds: (performance.now() - readyAt) / 1000 }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { pods: { type: 'string', default: '500' } } })
  const environment = readEnvironment()
  const { cluster, directory } = environment
  const log = (line: string) => void process.stdout.write(`${line}\n`)
  const api = openApi(await readConnection(cluster.kubeconfig, cluster.context))
  const plan = { environment, rounds: 1, signal: interruption() }
  const points: GrowthPoint[] = []
  try {
    const [nodes, pods] = await Promise.all([listed(api, '/api/v1/nodes'), listed(api, '/api/v1/pods')])
    const room = roomForPods({ nodes, pods } as unknown as Room)
    const wanted = sizes.filter((size) => size <= Number(values.pods))
    for (const size of wanted.filter((one) => one <= room)) {
      const point = await grown(size, plan, api)
      points.push(point)
      const { requests, apiServerMegabytes, runnerMegabytes } = point
      const of = (value: number | undefined, unit: string) => (value === undefined ? `unknown ${unit}` : `${value.toFixed(0)} ${unit}`)
      log(`${size} Pods with a PVC each: Ready after ${point.seconds.toFixed(1)} s, removed after ${point.removedSeconds.toFixed(1)} s`)
      log(`  ${of(requests, 'requests')}, API server ${of(apiServerMegabytes, 'MB')}, this process ${of(runnerMegabytes, 'MB')}`)
    }
    for (const size of wanted.filter((one) => one > room))
      log(`${size} Pods were not tried: the nodes have room for ${room} more, by the maxPods of their kubelets.`)
    for (const sentence of growthSentences(points)) log(sentence)
    writeFileSync(join(directory, 'growth.json'), `${JSON.stringify({ cluster: cluster.name, room, points }, null, 2)}\n`)
    writeFileSync(join(directory, 'growth.svg'), growthSvg(points))
    log(`Every value is in ${join(directory, 'growth.json')}, and drawn in growth.svg beside it.`)
  } catch (error) {
    log(`The growth could not be measured: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  } finally {
    api.close()
  }
}
