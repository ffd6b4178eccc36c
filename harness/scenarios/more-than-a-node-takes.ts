import { field, observationsOf } from '../engine/object.ts'
import { Inconclusive } from '../engine/judge/errors.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import type { HistoryEntry } from '../engine/history/history-entry.ts'
import { pvc } from '../vocabulary/objects.ts'

/** Claims that wait for their Pod. */
export interface WaitingClaims {
  /** A few of them: any node takes as many. */
  readonly few: readonly string[]
  /** One more than any node may have attached. */
  readonly tooMany: readonly string[]
}

const few = 2

/** Makes one more claim than the CSI driver says that any node takes, of a StorageClass that waits: none of them has a volume yet. */
export async function moreThanANodeTakes({
  namespace,
  observe,
  history,
  cluster,
}: Pick<ScenarioFixtures, 'namespace' | 'observe' | 'history' | 'cluster'>): Promise<WaitingClaims> {
  await observe.kind({ apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', plural: 'csinodes', namespaced: false })
  const limit = largestLimit(history.entries, cluster.driver)
  const names = Array.from({ length: limit + 1 }, (_, number) => `data-${number + 1}`)
  const storageClass = cluster.storageClasses.waitForFirstConsumer
  await Promise.all(names.map(async (name) => namespace.apply(pvc(name, { cluster, size: '320Mi', storageClass }))))
  return { few: names.slice(0, few), tooMany: names }
}

function largestLimit(history: readonly HistoryEntry[], driver: string): number {
  const drivers = observationsOf(history, 'CSINode').flatMap(({ object }) => {
    const listed = field(object, 'spec', 'drivers')
    return Array.isArray(listed) ? (listed as readonly unknown[]) : []
  })
  const counts = drivers.filter((one) => field(one, 'name') === driver).map((one) => field(one, 'allocatable', 'count'))
  const told = counts.filter((count) => typeof count === 'number')
  if (told.length > 0) return Math.max(...told)
  throw new Inconclusive().tell({ reason: { summary: `CSI driver ${driver} names no limit of volumes on any node.` } })
}
