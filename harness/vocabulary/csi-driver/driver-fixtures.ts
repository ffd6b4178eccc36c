import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import type { History } from '../../engine/history/history.ts'
import type { Measure } from '../../engine/measurement.ts'

/** What is needed of the fixtures to look at what a CSI driver of ours keeps. */
export interface DriverFixtures {
  readonly cluster: ClusterRecord
  readonly history: History
  readonly namespace: { readonly name: string }
  readonly measure: Measure
}
