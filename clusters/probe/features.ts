import { haveRecursiveReadOnlyMounts } from '../features/node-features.ts'
import type { BindingMode, Feature, StorageClassPurpose } from '../../contract/cluster-record.ts'
import type { FeatureEvidence } from '../../contract/platform.ts'
import type { DefinedFeature } from '../driver-definition/features.ts'
import { overruled } from '../existing/overruled.ts'
import { byHand } from './by-hand.ts'
import { featuresOfDriver } from './csi-driver.ts'
import type { Known } from './known.ts'
import { featuresOfVolumes, type Shown } from './volume-features.ts'

/** Features, why the cluster lacks others, and how each of them is known. */
export interface KnownFeatures {
  readonly features: readonly Feature[]
  readonly lacking: Readonly<Partial<Record<Feature, string>>>
  readonly evidence: readonly FeatureEvidence[]
  /** When volumes of the class are bound, as was seen where a volume was made. */
  readonly bindingMode: BindingMode
  readonly storageClasses: Readonly<Partial<Record<StorageClassPurpose, string>>>
}

/**
 * Features that the API and the probes show, overruled by the definition of the driver, and all of them by what was declared and
 * undeclared. What nothing shows is lacking.
 */
export function knownFeatures(known: Known): KnownFeatures {
  const { storageClass, declared, undeclared } = known
  const ofDriver = withDefinition([...featuresOfApi(known), ...featuresOfVolumes(known)], known.defined)
  const shown = [...ofDriver, ...known.velero]
  const isShown = new Set(shown.map(({ feature }) => feature))
  const alone = [...declared, ...undeclared].filter((feature) => !isShown.has(feature))
  const evidence = [
    ...shown,
    ...alone.map((feature): FeatureEvidence => ({ feature, isThere: false, by: 'api', seen: 'nothing shows it' })),
  ].map((each) => overruled(each, { declared, undeclared }))
  const features = evidence.flatMap(({ feature, isThere }) => (isThere ? [feature] : []))
  const lacking = evidence.flatMap(({ feature, isThere, seen }) => (isThere ? [] : [[feature, seen] as const]))
  const isImmediate = features.includes('ImmediateBinding')
  const name = storageClass.metadata?.name ?? ''
  return {
    ...{ features, lacking: Object.fromEntries(lacking), evidence },
    bindingMode: isImmediate ? 'Immediate' : 'WaitForFirstConsumer',
    storageClasses: {
      ...(!isImmediate && { waitForFirstConsumer: name }),
      ...(features.includes('NodeLocalVolumes') && { nodeLocal: name }),
    },
  }
}

/** Features that the API shows only once the class is used. */
const shownLate: ReadonlySet<Feature> = new Set(['StorageCapacity'])

/**
 * A definition takes away what was seen, and adds what was tried in vain or could not be tried. What an object of the API lacks, such as a
 * class that allows no expansion, it cannot add.
 */
function withDefinition(shown: readonly Shown[], defined: readonly DefinedFeature[] = []): readonly FeatureEvidence[] {
  const said = new Map(defined.map((each) => [each.feature, each]))
  const known = new Set(shown.map(({ feature }) => feature))
  const seen = shown.map((each): FeatureEvidence => {
    const { isThere, seen: why } = said.get(each.feature) ?? each
    if (!said.has(each.feature) || (isThere && each.isThere)) return each
    if (isThere && each.by === 'api' && !shownLate.has(each.feature)) return each
    return { ...each, isThere, by: 'definition', seen: isThere || !each.isThere ? why : `${why}, although ${each.seen}` }
  })
  const unseen = defined.filter(({ feature }) => !known.has(feature))
  return [...seen, ...unseen.map((each): FeatureEvidence => ({ ...each, by: 'definition' }))]
}

function featuresOfApi({ storageClass, nodes, stated, probed, disruptiveNodes }: Known): readonly Shown[] {
  const isByHand = storageClass.provisioner === byHand
  const volumes = probed?.volumes
  const name = storageClass.metadata?.name ?? ''
  const provisioner = isByHand
    ? `StorageClass ${name} has no provisioner`
    : `StorageClass ${name} has provisioner ${storageClass.provisioner}`
  const count = nodes.length === 1 ? 'only one node accepts Pods' : `${nodes.length} nodes accept Pods`
  const mounts = haveRecursiveReadOnlyMounts(nodes)
  return [
    { feature: 'DynamicProvisioning', isThere: !isByHand, seen: provisioner },
    { feature: 'MultipleNodes', isThere: nodes.length > 1, seen: count },
    ...featuresOfDriver(stated.csiDriver, volumes === undefined || 'isThere' in volumes ? undefined : volumes.first.pv),
    { feature: 'Zones', isThere: stated.zones.isThere, seen: stated.zones.seen },
    { feature: 'VolumeAttributes', isThere: stated.attributes.isThere, seen: stated.attributes.seen },
    { feature: 'StorageCapacity', isThere: stated.capacity.isThere, seen: stated.capacity.seen },
    { feature: 'VolumeLimits', isThere: stated.limits.isThere, seen: stated.limits.seen },
    { feature: 'RecursiveReadOnlyMounts', isThere: mounts, seen: mounts ? 'every node makes them' : 'not every node makes them' },
    {
      ...{ feature: 'NodeScheduling', isThere: disruptiveNodes !== undefined },
      seen: disruptiveNodes === undefined ? 'no nodes were named with --disruptive-nodes' : `named: ${disruptiveNodes.join(', ')}`,
    },
    {
      ...{ feature: 'DefaultStorageClassFree', isThere: false },
      seen: 'changing the default StorageClass is up to the cluster administrator',
    },
  ].map((each) => ({ ...each, by: 'api' }) as Shown)
}
