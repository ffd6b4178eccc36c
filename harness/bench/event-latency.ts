import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { readEnvironment } from '../engine/fixtures/environment.ts'
import { openHistory } from '../engine/history/history.ts'
import { openApi } from '../engine/kubernetes/api.ts'
import { readConnection } from '../engine/kubernetes/connection.ts'
import { openWatch } from '../engine/watch/watch.ts'
import { loadOn } from './load.ts'
import { keptOrNot, spread, spreadLine } from './spread.ts'

/** How long events took from the API server to the history, in milliseconds. */
export interface EventLatency {
  /** From the moment the write was sent: an upper bound, which holds the write itself. */
  readonly sinceSent: readonly number[]
  /** From the moment the answer to the write arrived: what the watch takes beyond the write; 0 where the event came first. */
  readonly sinceAnswered: readonly number[]
}

/** Limit of the 99th percentile since the write was sent on an idle cluster, in milliseconds. */
const limit = 50

/** The same since the answer to the write arrived, while others write: what is sent waits then before it is written. */
const limitUnderLoad = 20

/** Writes one ConfigMap again and again and measures when each write stands in a history. */
export async function benchEventLatency({
  cluster,
  samples,
}: {
  readonly cluster: ClusterRecord
  readonly samples: number
}): Promise<EventLatency> {
  const api = openApi(await readConnection(cluster.kubeconfig, cluster.context))
  const path = '/api/v1/namespaces/default/configmaps'
  const name = `hf-bench-${process.pid}`
  const history = openHistory()
  const arrivals = new Map<string, number>()
  let arrived: (() => void) | undefined
  history.subscribe(() => {
    const entry = history.entries.at(-1)
    if (entry?.type === 'observation') arrivals.set(entry.object.metadata.resourceVersion, performance.now())
    arrived?.()
  })
  await using open = new AsyncDisposableStack()
  open.use(await openWatch({ api, history, kind: 'ConfigMap', path, fieldSelector: `metadata.name=${name}` }))
  const arrival = async (resourceVersion: string): Promise<number> =>
    new Promise((resolve) => {
      const look = () => {
        const at = arrivals.get(resourceVersion)
        if (at !== undefined) resolve(at)
      }
      arrived = look
      look()
    })
  const sinceSent: number[] = []
  const sinceAnswered: number[] = []
  try {
    await api.send({ method: 'POST', path, body: { metadata: { name }, data: { sample: 'none' } } })
    for (let sample = 0; sample < samples; sample += 1) {
      const body = { data: { sample: String(sample) } }
      const sent = performance.now()
      const { metadata } = await api.send({
        method: 'PATCH',
        path: `${path}/${name}`,
        body,
        contentType: 'application/merge-patch+json',
      })
      const answered = performance.now()
      const at = await arrival(metadata.resourceVersion)
      sinceSent.push(at - sent)
      sinceAnswered.push(Math.max(0, at - answered))
    }
  } finally {
    await api.send({ method: 'DELETE', path: `${path}/${name}` })
    api.close()
  }
  return { sinceSent, sinceAnswered }
}

/** The same while others write and watch, and how many objects a second they wrote. */
async function latencyUnderLoad(request: Parameters<typeof benchEventLatency>[0]) {
  await using load = await loadOn(request.cluster)
  const [since, before] = [performance.now(), load.written()]
  const underLoad = await benchEventLatency(request)
  return { underLoad, rate: (1000 * (load.written() - before)) / (performance.now() - since) }
}

/** What is said of some latencies, and whether the 99th percentile of those that count is within a limit. */
export function latencyLines(
  { sinceSent, sinceAnswered }: EventLatency,
  { counts, limit: most }: { readonly counts: keyof EventLatency; readonly limit: number },
): { readonly lines: readonly string[]; readonly kept: boolean } {
  const words = { sinceSent: 'since the write was sent', sinceAnswered: 'since the answer to the write arrived' } as const
  const kept = spread({ sinceSent, sinceAnswered }[counts]).p99 <= most
  return {
    kept,
    lines: [
      spreadLine(words.sinceSent, { values: sinceSent, unit: 'ms' }),
      spreadLine(words.sinceAnswered, { values: sinceAnswered, unit: 'ms' }),
      `The limit is a p99 of ${most} ms ${words[counts]}: ${keptOrNot(kept)}.`,
    ],
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { samples: { type: 'string', default: '300' } } })
  const { cluster, directory } = readEnvironment()
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const samples = Number(values.samples)
  say(`Event to history, ${samples} writes of a ConfigMap on ${cluster.name}`)
  const idle = await benchEventLatency({ cluster, samples })
  const whenIdle = latencyLines(idle, { counts: 'sinceSent', limit })
  whenIdle.lines.forEach(say)
  const { underLoad, rate } = await latencyUnderLoad({ cluster, samples })
  const whenLoaded = latencyLines(underLoad, { counts: 'sinceAnswered', limit: limitUnderLoad })
  say(`The same while others write and watch ${rate.toFixed(0)} objects a second`)
  whenLoaded.lines.forEach(say)
  const file = join(directory, 'event-latency.json')
  writeFileSync(file, `${JSON.stringify({ idle, underLoad, rate }, null, 2)}\n`)
  say(`Every value is in ${file}.`)
  process.exitCode = whenIdle.kept && whenLoaded.kept ? 0 : 1
}
