import type { ClusterRecord, Feature } from '../../contract/cluster-record.ts'
import type { RightsRule } from '../../contract/rights.ts'
import type { NeededRights } from '../existing/rights.ts'
import type { FoundCluster } from './found-cluster.ts'
import { imageFeatures } from '../images/application-images.ts'
import { usualNamespace } from '../installed-velero/find-velero.ts'
import type { PlatformPart } from '../probe/platform.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** What selected guarantees need of a cluster that Holdfast did not make. */
export interface NeedsOfSuites {
  /** Rights on a cluster with these features and a Velero in this namespace, in addition to those of Holdfast itself. */
  readonly rightsFor?: (features: readonly Feature[], veleroNamespace: string | undefined) => readonly RightsRule[]
  /** All features that those of them need that run on a cluster with these features; none when absent. */
  readonly neededWith?: (features: readonly Feature[]) => readonly Feature[]
  /** Command that prints roles with all rights; one without names when absent. */
  readonly grant?: string | undefined
}

/** Prints roles with the rights of every guarantee. */
export const anyGrant = `${ownCommand} rbac`

/** The rights that guarantees need on a cluster with these features. */
export function neededBy(
  { features, velero }: Pick<ClusterRecord, 'features' | 'velero'>,
  { rightsFor = () => [], grant = anyGrant }: NeedsOfSuites,
): NeededRights {
  return { rules: rightsFor(features, velero?.namespace), grant: grantIn(grant, velero?.namespace) }
}

/** The same command for the namespace in which Velero was found, where that is not the one that it takes by itself. */
function grantIn(grant: string, veleroNamespace: string | undefined): string {
  const isNamed = veleroNamespace === undefined || veleroNamespace === usualNamespace || grant.includes('--velero-namespace')
  return isNamed ? grant : `${grant} --velero-namespace ${veleroNamespace}`
}

/** Features that a cluster has, and those that it may turn out to have once its driver is probed. */
export function possibleOn({ features, platform }: PlatformPart, { classes }: FoundCluster): readonly Feature[] {
  const open = (platform?.evidence ?? []).filter(({ isThere, by }) => !isThere && by === 'probe')
  return [...features, ...open.map(({ feature }) => feature), ...('name' in classes.snapshotClass ? (['VolumeSnapshots'] as const) : [])]
}

/** Whether a guarantee that may run where these features are possible uses the Velero of the cluster. */
export function mayUseVelero(possible: readonly Feature[], { neededWith = () => [] }: NeedsOfSuites): boolean {
  return neededWith([...possible, ...imageFeatures]).includes('Velero')
}
