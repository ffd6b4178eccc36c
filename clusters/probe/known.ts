import type { V1Node, V1StorageClass } from '@kubernetes/client-node'
import type { Feature } from '../../contract/cluster-record.ts'
import type { DefinedFeature } from '../driver-definition/features.ts'
import type { FoundSnapshotClass } from '../existing/classes.ts'
import type { FoundGroupClass } from '../existing/group-classes.ts'
import type { JudgedFeature } from '../installed-velero/judge-velero.ts'
import type { StatedOfDriver } from './api-features.ts'
import type { ProbedDriver } from './probe-driver.ts'

/** What was read from a cluster that Holdfast did not create, and what probes of its driver showed. */
export interface Known {
  readonly storageClass: V1StorageClass
  readonly snapshotClass: FoundSnapshotClass
  readonly groupSnapshotClass: FoundGroupClass
  /** Nodes that take Pods of suites. */
  readonly nodes: readonly V1Node[]
  readonly stated: StatedOfDriver
  /** Absent where nothing was probed. */
  readonly probed?: ProbedDriver | undefined
  /** Why nothing was probed, where that is so. */
  readonly notProbed?: string | undefined
  /** What the definition of the driver says; nothing where there is none. */
  readonly defined?: readonly DefinedFeature[]
  /** What the Velero of the cluster can be used for. */
  readonly velero: readonly JudgedFeature[]
  /** Nodes that the user lets suites disrupt. */
  readonly disruptiveNodes?: readonly string[] | undefined
  readonly declared: readonly Feature[]
  readonly undeclared: readonly Feature[]
}
