import { field, observationsOf } from '../engine/object.ts'
import { Inconclusive } from '../engine/judge/errors.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import type { HistoryEntry } from '../engine/history/history-entry.ts'
import { registeredDriver } from '../vocabulary/csi-driver/registered-driver.ts'
import { sizesOf } from '../vocabulary/pvc/sizes.ts'
import { pvc } from '../vocabulary/objects.ts'

/** Names of PVCs that are Pending until a Pod uses them. */
export interface PendingPvcs {
  /** As many as any node may have attached. */
  readonly few: readonly string[]
  /** One more than any node may have attached. */
  readonly tooMany: readonly string[]
  /** All but the few: a node may have as many, but not beside the few. */
  readonly others: readonly string[]
}

const few = 2

/** Creates one PVC more than the volume limit of any node allows, with a WaitForFirstConsumer StorageClass: all stay Pending. */
export async function exceedNodeVolumeLimit({
  namespace,
  observe,
  history,
  cluster,
}: Pick<ScenarioFixtures, 'namespace' | 'observe' | 'history' | 'cluster'>): Promise<PendingPvcs> {
  await observe.csiNodes()
  const limit = largestLimit(history.entries, cluster.driver)
  const names = Array.from({ length: limit + 1 }, (_, number) => `data-${number + 1}`)
  const storageClass = cluster.storageClasses.waitForFirstConsumer
  await Promise.all(names.map(async (name) => namespace.apply(pvc(name, { cluster, size: sizesOf(cluster).small, storageClass }))))
  return { few: names.slice(0, few), tooMany: names, others: names.slice(few) }
}

function largestLimit(history: readonly HistoryEntry[], driver: string): number {
  const csiNodes = observationsOf(history, 'CSINode')
  const counts = csiNodes.map(({ object }) => field(registeredDriver(object, driver), 'allocatable', 'count'))
  const limits = counts.filter((count) => typeof count === 'number')
  if (limits.length > 0) return Math.max(...limits)
  throw new Inconclusive().withDetails({ reason: { summary: `CSI driver ${driver} names no limit of volumes on any node.` } })
}
