import type { Feature } from './feature.ts'

/** Sizes of the volumes that the driver of a StorageClass makes, as Kubernetes quantities. */
export interface VolumeSizes {
  /** The smallest volume that suites ask for: a request for it gets exactly so much. */
  readonly smallest: string
  /** What a volume can grow by: a request for a byte more than a volume of one size gets so much more. */
  readonly step: string
  /** How this is known. */
  readonly from: string
}

/**
 * What a driver takes time for: to bind a new volume, to make a bound one ready in a Pod, to take a snapshot, to bind a volume made from a
 * snapshot, to grow a volume, to delete one.
 */
export type DriverAct = 'bind' | 'attach' | 'snapshot' | 'restore' | 'resize' | 'delete'

/** How long one act of a driver takes. */
export interface DriverTime {
  readonly seconds: number
  /** `measured`: it took so long when it was tried. `allowed`: whoever knows the driver says that it may take so long. */
  readonly kind: 'measured' | 'allowed'
  /** How this is known, such as the key of a file. */
  readonly from: string
}

/** Why a cluster counts as having a feature, or as lacking it. */
export interface FeatureEvidence {
  readonly feature: Feature
  readonly isThere: boolean
  /**
   * `api`: an object says so. `probe`: it was tried. `definition`: that of the driver says so. The others: whoever started the run does.
   */
  readonly by: 'api' | 'probe' | 'definition' | '--declare' | '--undeclare'
  /** What was seen, in one sentence without a full stop. */
  readonly seen: string
  /** How long it took to try, where it was tried. */
  readonly seconds?: number
}

/** What suites need to know of the platform they run on, so that no literal in them assumes it. */
export interface Platform {
  /** Those of our own driver when absent. */
  readonly sizes?: VolumeSizes
  /** An act that is absent takes no longer than the limits of suites allow for. */
  readonly times?: Readonly<Partial<Record<DriverAct, DriverTime>>>
  /** Absent for a cluster of ours, whose profile says what it has. */
  readonly evidence?: readonly FeatureEvidence[]
  /** How long all probes took together; absent where nothing was probed. */
  readonly probeSeconds?: number
}
