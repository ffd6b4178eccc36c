import { parseArgs } from 'node:util'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { readEnvironment } from '../engine/fixtures/environment.ts'
import { openHistory } from '../engine/history/history.ts'
import { openApi } from '../engine/kubernetes/api.ts'
import { readConnection } from '../engine/kubernetes/connection.ts'
import { openWatch } from '../engine/watch/watch.ts'
import { keptOrNot, spread, spreadLine } from './spread.ts'

/** How long events took from the API server to the history, in milliseconds. */
export interface EventLatency {
  /** From the moment the write was sent: an upper bound, which holds the write itself. */
  readonly sinceSent: readonly number[]
  /** From the moment the answer to the write arrived: what the watch takes beyond the write; 0 where the event came first. */
  readonly sinceAnswered: readonly number[]
}

/** Limit of the 99th percentile since the write was sent, in milliseconds. */
const limit = 50

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

if (import.meta.main) {
  const { values } = parseArgs({ options: { samples: { type: 'string', default: '300' } } })
  const { cluster } = readEnvironment()
  const { sinceSent, sinceAnswered } = await benchEventLatency({ cluster, samples: Number(values.samples) })
  process.stdout.write(`Event to history, ${sinceSent.length} writes of a ConfigMap on ${cluster.name}\n`)
  process.stdout.write(`${spreadLine('since the write was sent', { values: sinceSent, unit: 'ms' })}\n`)
  process.stdout.write(`${spreadLine('since the answer to the write arrived', { values: sinceAnswered, unit: 'ms' })}\n`)
  const kept = spread(sinceSent).p99 <= limit
  process.stdout.write(`The limit is a p99 of ${limit} ms since the write was sent: ${keptOrNot(kept)}.\n`)
  process.exitCode = kept ? 0 : 1
}
