import { rightsToLease } from '../../clusters/existing/own-rights.ts'
import { type RightsRule, ruleOf } from '../../contract/rights.ts'

/**
 * What a shard needs beside what its guarantees need: the Leases of the lanes, the Pods of its own run, of which one may be an earlier
 * start of it, and the Lease of the cluster.
 */
export function rightsOfShard(namespace: string): readonly RightsRule[] {
  const own = [`namespace/${namespace} leases.coordination.k8s.io: create delete get list update`, `namespace/${namespace} pods: list`]
  return [...own.map(ruleOf), ...rightsToLease]
}
