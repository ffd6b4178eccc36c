import type { Profile } from '../../clusters/images/plan.ts'

/**
 * What a run may be: a selection of guarantees and the cluster they need, from the shortest to the longest; backups need a cluster of their
 * own.
 */
export const runProfiles = ['quick', 'standard', 'full', 'velero'] as const

/** What is run when nothing else is asked for. */
export const usualProfile = 'standard' satisfies RunProfile

/** What a run may be; `upgrade` is what `holdfast upgrade` runs, and no flag names it. */
export type RunProfile = (typeof runProfiles)[number] | 'upgrade'

/** Cluster that a run of that profile has. */
export function clusterProfileOf(profile: RunProfile | undefined): Profile {
  return profile === 'velero' ? 'velero' : 'default'
}
