import type { V1Node, V1StorageClass } from '@kubernetes/client-node'
import type { DefinedFeature } from '../driver-definition/features.ts'
import { haveRecursiveReadOnlyMounts } from '../node-features.ts'
import type { BindingMode, Feature } from '../../contract/cluster-record.ts'

/** What was read from a cluster that Holdfast did not create. */
export interface Known {
  readonly storageClass: V1StorageClass
  /** A VolumeSnapshotClass of the driver; undefined when none was named. */
  readonly snapshotClass: string | undefined
  /** Nodes that take Pods of suites. */
  readonly nodes: readonly V1Node[]
  readonly declared: readonly Feature[]
  /** What the definition of the driver says; nothing where there is none. */
  readonly defined?: readonly DefinedFeature[]
  /** Nodes that the user lets suites disrupt. */
  readonly disruptiveNodes?: readonly string[] | undefined
}

/** Features, and why the cluster lacks some that it might have. */
export interface KnownFeatures {
  readonly features: readonly Feature[]
  readonly lacking: Readonly<Partial<Record<Feature, string>>>
}

/** When a StorageClass binds volumes. The API server fills the field in; `Immediate` is its default. */
export function bindingModeOf({ volumeBindingMode }: V1StorageClass): BindingMode {
  return volumeBindingMode === 'WaitForFirstConsumer' ? 'WaitForFirstConsumer' : 'Immediate'
}

/**
 * Features that the API shows, those of the definition of the driver, and those that were declared. What the API or the definition denies
 * is lacking unless it was declared, and so is what nothing shows.
 */
export function knownFeatures({ storageClass, snapshotClass, nodes, declared, defined = [], disruptiveNodes }: Known): KnownFeatures {
  const name = storageClass.metadata?.name ?? ''
  const byHand = storageClass.provisioner === 'kubernetes.io/no-provisioner'
  const shown: readonly (readonly [feature: Feature, holds: boolean, why: string])[] = [
    ['DynamicProvisioning', !byHand, `StorageClass ${name} has no provisioner`],
    ['ImmediateBinding', bindingModeOf(storageClass) === 'Immediate', `StorageClass ${name} waits for the first consumer`],
    ['VolumeExpansion', storageClass.allowVolumeExpansion === true, `StorageClass ${name} does not allow volume expansion`],
    ['OnlineExpansion', false, 'no API shows it: add it to --declare if the driver supports it'],
    ['VolumeSnapshots', snapshotClass !== undefined, 'no VolumeSnapshotClass was given with --snapshot-class'],
    ['RecursiveReadOnlyMounts', haveRecursiveReadOnlyMounts(nodes), 'not every node makes them'],
    ['MultipleNodes', nodes.length > 1, 'only one node accepts Pods'],
    ['NodeScheduling', disruptiveNodes !== undefined, 'no nodes were named with --disruptive-nodes'],
    ['DefaultStorageClassFree', false, 'changing the default StorageClass is up to the cluster administrator'],
  ]
  const offers = new Set(defined.flatMap(({ feature, isThere }) => (isThere ? [feature] : [])))
  const denied = new Map(defined.flatMap(({ feature, isThere, seen }) => (isThere ? [] : [[feature, seen] as const])))
  const byApi = shown.flatMap(([feature, holds]) => (holds && !denied.has(feature) ? [feature] : []))
  const unseen = [...offers].filter((feature) => !shown.some(([known]) => known === feature) || unseenByApi.has(feature))
  const features = new Set([...byApi, ...unseen, ...declared])
  const reasons = new Map([...shown.map(([feature, , why]) => [feature, why] as const), ...denied])
  const lacking = [...reasons].filter(([feature]) => !features.has(feature))
  return { features: [...features], lacking: Object.fromEntries(lacking) }
}

/** Features that no API shows or denies, so that a definition alone decides. */
const unseenByApi: ReadonlySet<Feature> = new Set(['OnlineExpansion'])
