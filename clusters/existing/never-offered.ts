import type { Feature } from '../../contract/cluster-record.ts'

/** Features that only clusters have which Holdfast created: whoever uses another cluster does not stop its nodes or break its driver. */
export const neverOffered: readonly Feature[] = [
  'NodeControl',
  'ComponentControl',
  'PowerCut',
  'DriverFaults',
  'DriverCallLog',
  'ObjectStore',
  'SecondCluster',
]
