import type { RunPlan } from '../plan/run-plan.ts'
import type { ForeignCluster } from '../plan/run-target.ts'
import { UsageError } from '../shell/usage-error.ts'
import { evidencePlaceOf } from './chosen-place.ts'
import type { InClusterFlags } from './in-cluster-flags.ts'

/** The plan of a run on a cluster that Holdfast did not make. */
export type ForeignPlan = RunPlan & { readonly target: { readonly kind: 'foreign'; readonly cluster: ForeignCluster } }

/** A plan that shards can run. Throws a `UsageError` for any other. */
export function foreignPlan(plan: RunPlan, flags: InClusterFlags): ForeignPlan {
  const { manifests } = flags
  const { target } = plan
  if (target.kind !== 'foreign') {
    throw new UsageError('--in-cluster needs a cluster that is there.', {
      fix: 'Add --kubeconfig <file>; "holdfast up" prints that of a cluster which it made.',
    })
  }
  if (plan.chaos !== undefined) throw new UsageError('--chaos and --in-cluster cannot be used together.', { fix: 'Leave one of them out.' })
  if (manifests !== undefined && target.cluster.driver !== undefined) {
    throw new UsageError('--manifests and --driver cannot be used together: classes that are made for the run would be missing.', {
      fix: 'Name classes that exist with --storage-class and --snapshot-class.',
    })
  }
  // A bucket without keys is told before the cluster is probed.
  evidencePlaceOf({ record: { features: [], storageClass: '' }, flags, runId: '' })
  return { ...plan, target }
}
