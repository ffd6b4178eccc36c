import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { CallRecord } from './call-log.ts'
import type { DataDirectory } from './storage/data-directory.ts'
import { everyRecord } from './storage/records.ts'

/** Prometheus metrics of one driver process. */
export interface Metrics {
  readonly observe: (record: CallRecord) => void
  readonly contentType: string
  /** Everything in the text format of Prometheus. */
  readonly text: () => Promise<string>
}

/** Buckets of durations, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Opens the metrics of one process; what lies in the data directory is counted when somebody asks. */
export function openMetrics(data: DataDirectory): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const calls = new Histogram({
    name: 'csi_hostpath_call_duration_seconds',
    help: 'Duration of CSI calls, by method and gRPC status code.',
    labelNames: ['method', 'code'],
    buckets,
    registers,
  })
  const frozen = new Histogram({
    name: 'csi_hostpath_frozen_seconds',
    help: 'How long file systems were frozen for a snapshot or a clone.',
    buckets,
    registers,
  })
  const faults = new Counter({
    name: 'csi_hostpath_faults_total',
    help: 'Calls in which a fault was applied.',
    labelNames: ['fault'],
    registers,
  })
  const kept = (name: string, help: string, count: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await count())
      },
    })
  kept('csi_hostpath_volumes', 'Volumes that exist.', async () => (await data.volumes.ids()).length)
  kept('csi_hostpath_volume_capacity_bytes', 'Capacity of all volumes together.', async () =>
    (await everyRecord(data.volumes)).reduce((sum, { capacityBytes }) => sum + capacityBytes, 0),
  )
  kept('csi_hostpath_snapshots', 'Snapshots that exist.', async () => (await data.snapshots.ids()).length)
  kept('csi_hostpath_staged', 'Volumes staged, counted once for each node.', async () => (await data.staged.ids()).length)
  return {
    observe: ({ method, code, durationMs, frozenMs, fault }) => {
      calls.observe({ method, code }, durationMs / 1000)
      if (frozenMs !== undefined && frozenMs > 0) frozen.observe(frozenMs / 1000)
      if (fault !== undefined) faults.inc({ fault })
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
