import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { NamespaceActs } from '../engine/fixtures/namespace.ts'
import type { Mark } from '../engine/history/history-entry.ts'
import type { History } from '../engine/history/history.ts'
import type { Limits } from '../engine/platform-limits.ts'
import type { Measure } from '../engine/measurement.ts'
import type { Observe } from '../vocabulary/observe.ts'
import type { Velero } from '../vocabulary/velero/server/velero-acts.ts'

/** An additional namespace, as scenarios use it. */
export interface OtherNamespace {
  readonly namespace: NamespaceActs
  readonly observe: Observe
  readonly measure: Measure
  readonly nameOf: (name: string) => string
}

/** A second cluster, as scenarios use it. */
export interface OtherCluster extends OtherNamespace {
  readonly cluster: ClusterRecord
  readonly velero: Pick<Velero, 'backup'>
  lose(): Promise<void>
}

/** What scenarios work with. The fixtures of a guarantee are among those that can be given. */
export interface ScenarioFixtures {
  readonly namespace: NamespaceActs
  readonly observe: Observe
  readonly velero: Velero
  readonly additionalNamespace: (suffix: string) => OtherNamespace
  readonly secondCluster: (suffix: string) => Promise<OtherCluster>
  readonly history: History
  readonly limits: Limits
  readonly cluster: ClusterRecord
  readonly measure: Measure
  readonly mark: (name: string) => Mark
}
