import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import type { Guarantee } from '../../../engine/guarantee.ts'

/**
 * The cluster as a guarantee may use it: a Velero that Holdfast did not install is there only for those that require one. The others look
 * for nothing in its namespace, neither for evidence nor to clean up, and take no right in it.
 */
export function withVeleroOf<Seen extends Pick<ClusterRecord, 'velero'>>(cluster: Seen, { requires }: Pick<Guarantee, 'requires'>): Seen {
  if (cluster.velero?.shared === undefined || requires.includes('Velero')) return cluster
  const { velero: _, ...rest } = cluster
  return rest as Seen
}
