import type { NeededImage } from '../../clusters/index.ts'
import type { FoundFeature, PlannedGuarantee } from './would-run.ts'

/** A cluster as it was found or would be made, without any change to it. */
export interface SeenCluster {
  /** What is known of it, by what it is. */
  readonly cluster: Readonly<Record<string, string>>
  readonly features: readonly FoundFeature[]
  readonly images: readonly (Omit<NeededImage, 'from'> & { readonly from: string })[]
  /** Rights that the user was found to have; absent where Holdfast made the cluster, and so may do everything. */
  readonly rights?: readonly string[]
  /** Namespace of a Velero that Holdfast did not install; absent where none is used. */
  readonly veleroNamespace?: string
  /** What a run would make and change before its first guarantee, in sentences. */
  readonly before: readonly string[]
}

/** What a run would do. */
export interface DryRun extends Omit<SeenCluster, 'before' | 'veleroNamespace'> {
  readonly guarantees: readonly PlannedGuarantee[]
  /** Guarantees that would run and of which no run has shown yet which rights they need; only where rights were looked at. */
  readonly rightsUnknown?: readonly string[]
  /** What would be made and changed, in sentences. */
  readonly makes: readonly string[]
}
