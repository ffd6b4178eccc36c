import type { V1Node } from '@kubernetes/client-node'
import type { DriverAct, DriverTime, VolumeSizes } from '../../contract/platform.ts'
import type { ClusterApi } from '../api.ts'
import type { WorkloadSettings } from '../../contract/workload.ts'
import type { Log } from '../log.ts'
import { blockVolume, movedVolume, onePodVolume, sharedVolume } from './access.ts'
import { parseQuantity } from '../../contract/quantity.ts'
import { type Copies, copies } from './copies.ts'
import { type FirstVolume, firstVolume } from './first-volume.ts'
import { type GroupClassToProbe, groupSnapshot } from './group-snapshot.ts'
import { type Growth, growth } from './growth.ts'
import { inlineVolume } from './inline-volume.ts'
import { nodesOf } from './node-affinity.ts'
import type { Attempt, Probe } from './probe-context.ts'
import { inProbeNamespace } from './probe-namespace.ts'
import { rounding } from './rounding.ts'
import { lookAt } from './seen-objects.ts'

/** What is probed, and with what. */
export interface ProbeOptions {
  readonly storageClass: string
  /** Whether the class says that it waits for a Pod. */
  readonly waits: boolean
  /** Whether the class says that volumes can be expanded. */
  readonly grows: boolean
  readonly snapshotClass: string | undefined
  readonly groupSnapshotClass?: GroupClassToProbe | undefined
  /** Driver whose volumes a Pod may name itself; absent where that is known not to be. */
  readonly inlineDriver?: string | undefined
  readonly image: string
  /** What the user wants of every Pod. */
  readonly settings: WorkloadSettings
  readonly nodes: readonly V1Node[]
  /** The smallest volume that the driver makes, where somebody said so. */
  readonly smallest?: string | undefined
  /**
   * Seconds for all probes, and for one step of a probe, longer for a driver that is slow to make its first volume; and for which a class
   * that waits is watched to see that it does.
   */
  readonly within?: { readonly whole: number; readonly step: number; readonly alone?: number }
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** What came of the probes that need a volume. */
export interface ProbedVolumes {
  readonly first: FirstVolume
  /** Names of the nodes from which the first volume can be used. */
  readonly reachableFrom: readonly string[]
  readonly sizes: VolumeSizes | undefined
  readonly growth: Growth | undefined
  readonly block: Attempt
  readonly onePod: Attempt
  readonly shared: Attempt
  readonly moved: Attempt
  readonly copies: Copies
  /** Absent where there is no VolumeGroupSnapshotClass to probe. */
  readonly group?: Attempt | undefined
  /** Absent where the driver says that it has none. */
  readonly inline?: Attempt | undefined
}

/** What was found out about a driver by using it. */
export interface ProbedDriver {
  /** The failed attempt where the class made no volume at all: then there was nothing to probe with. */
  readonly volumes: ProbedVolumes | Attempt
  readonly times: Readonly<Partial<Record<DriverAct, DriverTime>>>
  readonly seconds: number
}

/**
 * Seconds for all probes, for one step of a probe, and for a class that waits, of a driver that is as quick as most. It is over much
 * sooner, unless a kubelet has to be waited for.
 */
const usual = { whole: 180, step: 30, alone: 2 }

/** A driver that is slow to make its first volume gets so many times as long for all probes, up to a limit. */
const slower = 8
const wholeAtMost = 900

/**
 * Finds out what the driver of a class can do, how it rounds sizes and how long it takes, by making volumes in a namespace of its own, as
 * much at the same time as possible. What a driver lacks is an answer: only an API server that does not work makes this throw.
 */
export async function probeDriver(api: ClusterApi, options: ProbeOptions): Promise<ProbedDriver> {
  const { log, signal, storageClass, image, settings, nodes, waits, smallest = '320Mi', within = usual } = options
  const { whole, step, alone = usual.alone } = within
  const groups = options.groupSnapshotClass !== undefined
  const snapshots = options.snapshotClass !== undefined
  const retained = { snapshots, groups: options.groupSnapshotClass?.retains === true }
  const started = Date.now()
  log(`probing StorageClass ${storageClass}; a driver needs about a minute for it`)
  const { result, deleteSeconds } = await inProbeNamespace(api, { ...retained, settings, log, signal }, async (namespace) => {
    await using seen = lookAt(api, namespace, { snapshots, groups, signal })
    const place = { namespace, storageClass, image, settings }
    const base = { api, place, seen, nodes, waits }
    const first = await firstVolume({ ...base, alone, patience: whole, end: started + whole * 1000 }, parseQuantity(smallest))
    if ('isThere' in first) return first
    const needs = first.bindSeconds + (first.attachSeconds ?? 0)
    const all = Math.min(wholeAtMost, Math.max(whole, slower * needs))
    if (all > whole)
      log(`StorageClass ${storageClass} is slow: its first volume took ${needs.toFixed(0)} s, so the probes may take ${all.toFixed(0)} s`)
    const probe = {
      ...base,
      waits: !first.isImmediate,
      size: first.capacity,
      patience: Math.max(step, 3 * needs),
      end: started + all * 1000,
    }
    // Awaited here, for who looks at the namespace stops looking when this returns.
    const volumes = await probedWith(probe, first, options)
    return volumes
  })
  return { volumes: result, times: timesOf(result, deleteSeconds), seconds: Math.round((Date.now() - started) / 1000) }
}

async function probedWith(probe: Probe, first: FirstVolume, options: ProbeOptions): Promise<ProbedVolumes> {
  const { grows, snapshotClass, groupSnapshotClass, inlineDriver } = options
  const work = [
    rounding(probe, first),
    grows ? growth(probe, first) : Promise.resolve(undefined),
    blockVolume(probe),
    onePodVolume(probe),
    sharedVolume(probe),
    movedVolume(probe),
    copies(probe, { pv: first.pv, snapshotClass }),
    groupSnapshotClass === undefined ? Promise.resolve(undefined) : groupSnapshot(probe, groupSnapshotClass),
    inlineDriver === undefined ? Promise.resolve(undefined) : inlineVolume(probe, inlineDriver),
  ] as const
  // Where one throws the others are waited for too, so that none still works in a namespace that is being removed.
  await Promise.allSettled(work)
  const [sizes, grown, block, onePod, shared, moved, copied, group, inline] = await Promise.all(work)
  const reachableFrom = nodesOf(first.pv, probe.nodes).map(({ metadata }) => metadata?.name ?? '')
  return { first, reachableFrom, sizes, growth: grown, block, onePod, shared, moved, copies: copied, group, inline }
}

function timesOf(volumes: ProbedVolumes | Attempt, deleteSeconds: number | undefined): ProbedDriver['times'] {
  if ('isThere' in volumes) return {}
  const { first, growth: grown, copies: copied } = volumes
  const seconds: Readonly<Record<DriverAct, number | undefined>> = {
    bind: first.bindSeconds,
    attach: first.attachSeconds,
    snapshot: copied.snapshotSeconds,
    restore: copied.restoreSeconds,
    resize: grown?.online.isThere === true ? grown.online.seconds : undefined,
    delete: deleteSeconds,
  }
  const known = Object.entries(seconds).flatMap(([act, value]) =>
    value === undefined ? [] : [[act, { seconds: value, kind: 'measured', from: 'a probe' } satisfies DriverTime]],
  )
  return Object.fromEntries(known) as ProbedDriver['times']
}
