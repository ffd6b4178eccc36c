import type { BindingMode, Feature } from '../../contract/cluster-record.ts'
import type { ClassSource, DriverDefinition } from './definition.ts'
import { type Capability, capabilities, capabilityMeanings } from './keys.ts'
import { nodeKey, zoneKey } from './topology.ts'

/** A feature that a definition offers or denies. */
export interface DefinedFeature {
  readonly feature: Feature
  readonly isThere: boolean
  /** The key that says so, in words without a full stop. */
  readonly seen: string
}

/** What is known of the cluster that the driver is in; a definition alone says nothing of it. */
export interface ClusterFacts {
  /** When the class that is tested binds, where that was read from the cluster. */
  readonly bindingMode?: BindingMode
  /** Whether all nodes that take Pods have the same values for the topology keys of the driver. */
  readonly sharesTopology?: boolean
}

/** Attributes that a suite gives an inline volume. */
const inlineAttributes = ['size'] as const

/** Which features of Holdfast each capability decides; those with none are read and told, and no guarantee depends on them. */
const decides: Readonly<Record<Capability, readonly Feature[]>> = {
  persistence: ['DynamicProvisioning'],
  block: ['BlockVolumes'],
  fsGroup: ['FsGroup'],
  volumeMountGroup: [],
  exec: [],
  snapshotDataSource: ['VolumeSnapshots'],
  snapshotMetadata: [],
  groupSnapshot: ['VolumeGroupSnapshots'],
  pvcDataSource: ['VolumeCloning'],
  multipods: [],
  RWX: ['ReadWriteMany'],
  controllerExpansion: ['VolumeExpansion', 'OnlineExpansion'],
  nodeExpansion: [],
  offlineExpansion: [],
  onlineExpansion: ['OnlineExpansion'],
  volumeLimits: [],
  singleNodeVolume: ['MovableVolumes'],
  topology: ['NodeLocalVolumes', 'Zones'],
  capacity: ['StorageCapacity'],
  FSResizeFromSourceNotSupported: [],
  readWriteOncePod: ['ReadWriteOncePod'],
  multiplePVsSameID: [],
  capReadOnlyMany: [],
  seLinuxMount: [],
}

/**
 * Features of Holdfast that a definition decides, each with the key that does. What it leaves open, such as whether capacity is enforced
 * or how many nodes there are, is not among them.
 */
export function definedFeatures(definition: DriverDefinition, facts: ClusterFacts = {}): readonly DefinedFeature[] {
  const { storageClass, snapshotClass, groupSnapshotClass, volumeAttributesClass } = definition
  const provisions = provisioning(definition)
  const capability = (feature: Feature, name: Capability) => byCapability(definition, feature, name)
  const withClass = (feature: Feature, name: Capability, source: { readonly section: string; readonly found: ClassSource | undefined }) =>
    byClass(capability(feature, name), source)
  const grows = capability('VolumeExpansion', 'controllerExpansion')
  const snapshots = withClass('VolumeSnapshots', 'snapshotDataSource', { section: 'SnapshotClass', found: snapshotClass })
  const ofVolumes = [
    ...immediateBinding(storageClass, facts),
    grows,
    grows.isThere ? capability('OnlineExpansion', 'onlineExpansion') : { ...grows, feature: 'OnlineExpansion' as const },
    capability('BlockVolumes', 'block'),
    capability('ReadWriteMany', 'RWX'),
    capability('FsGroup', 'fsGroup'),
    capability('ReadWriteOncePod', 'readWriteOncePod'),
    capability('VolumeCloning', 'pvcDataSource'),
    snapshots,
    withClass('VolumeGroupSnapshots', 'groupSnapshot', { section: 'GroupSnapshotClass', found: groupSnapshotClass }),
    byClass({ feature: 'VolumeAttributes', isThere: true, seen: '' }, { section: 'VolumeAttributesClass', found: volumeAttributesClass }),
    movable(definition, facts),
    ...topological(definition, facts),
  ]
  // Without volumes there is nothing that could grow, move or be copied.
  const held = provisions.isThere ? ofVolumes : ofVolumes.map(({ feature }) => ({ ...provisions, feature }))
  return [provisions, ...held, inline(definition)]
}

/** A capability that the definition states and that no feature of Holdfast stands for. */
export interface OtherCapability {
  readonly capability: Capability
  readonly value: boolean
  readonly meaning: string
}

/** Capabilities that no guarantee of Holdfast depends on. */
export function otherCapabilities({ capabilities: stated }: DriverDefinition): readonly OtherCapability[] {
  return capabilities.flatMap((capability) => {
    const value = stated[capability]
    return value === undefined || decides[capability].length > 0 ? [] : [{ capability, value, meaning: capabilityMeanings[capability] }]
  })
}

function byCapability({ capabilities: stated }: DriverDefinition, feature: Feature, name: Capability): DefinedFeature {
  const value = stated[name]
  return { feature, isThere: value === true, seen: `Capabilities.${name} is ${value === undefined ? 'not set' : String(value)}` }
}

function byClass(
  decided: DefinedFeature,
  { section, found }: { readonly section: string; readonly found: ClassSource | undefined },
): DefinedFeature {
  if (!decided.isThere) return decided
  if (found === undefined) return { ...decided, isThere: false, seen: `${section} names no class` }
  return { ...decided, seen: decided.seen === '' ? `${found.key} names a class` : `${decided.seen}, and ${found.key} names a class` }
}

function provisioning(definition: DriverDefinition): DefinedFeature {
  const { storageClass, requiredAccessModes } = definition
  const feature = 'DynamicProvisioning'
  const lasting = byCapability(definition, feature, 'persistence')
  if (!lasting.isThere) return { ...lasting, seen: `${lasting.seen}, so data goes with its Pod` }
  if (storageClass === undefined) return { feature, isThere: false, seen: 'StorageClass names no class' }
  if (requiredAccessModes.includes('ReadWriteOnce')) return { feature, isThere: true, seen: `${storageClass.key} names a class` }
  return {
    feature,
    isThere: false,
    seen: `RequiredAccessModes (${requiredAccessModes.join(', ')}) leaves out ReadWriteOnce, which suites ask for`,
  }
}

/** When a class binds as far as the definition holds it; undefined for one that is in the cluster. */
function writtenBindingMode(source: ClassSource | undefined): BindingMode | undefined {
  if (source === undefined || source.from === 'existing') return undefined
  return source.from === 'file' && source.manifest['volumeBindingMode'] === 'WaitForFirstConsumer' ? 'WaitForFirstConsumer' : 'Immediate'
}

function immediateBinding(source: ClassSource | undefined, { bindingMode }: ClusterFacts): readonly DefinedFeature[] {
  const mode = bindingMode ?? writtenBindingMode(source)
  if (source === undefined || mode === undefined) return []
  return [{ feature: 'ImmediateBinding', isThere: mode === 'Immediate', seen: `the class of ${source.key} binds ${mode}` }]
}

function movable(definition: DriverDefinition, { sharesTopology }: ClusterFacts): DefinedFeature {
  const { topologyKeys, capabilities: stated } = definition
  const feature = 'MovableVolumes'
  if (stated.singleNodeVolume === true) return { feature, isThere: false, seen: 'Capabilities.singleNodeVolume is true' }
  const ofNode = nodeKey(topologyKeys)
  if (ofNode !== undefined) return { feature, isThere: false, seen: `TopologyKeys names ${ofNode}: a volume stays on its node` }
  if (topologyKeys.length === 0) {
    return stated.topology === true
      ? { feature, isThere: false, seen: 'Capabilities.topology is true, and TopologyKeys does not say between which nodes a volume moves' }
      : { feature, isThere: true, seen: 'neither singleNodeVolume nor topology ties a volume to nodes' }
  }
  const keys = topologyKeys.join(', ')
  return sharesTopology === true
    ? { feature, isThere: true, seen: `all nodes are of one ${keys}, which TopologyKeys names` }
    : { feature, isThere: false, seen: `TopologyKeys names ${keys}: a volume moves between nodes of one such value only` }
}

function topological(definition: DriverDefinition, { bindingMode }: ClusterFacts): readonly DefinedFeature[] {
  const { topologyKeys, storageClass } = definition
  const decided = (feature: Feature) => byCapability(definition, feature, 'topology')
  const local = ((): DefinedFeature => {
    const bare = decided('NodeLocalVolumes')
    const key = nodeKey(topologyKeys)
    if (!bare.isThere) return bare
    if (key === undefined) return { ...bare, isThere: false, seen: 'TopologyKeys names no key of a node' }
    // A volume that is made before its Pod is scheduled is pinned to a node that nobody chose.
    const waits = (bindingMode ?? writtenBindingMode(storageClass)) !== 'Immediate'
    return waits
      ? { ...bare, seen: `${bare.seen}, and TopologyKeys names ${key}` }
      : { ...bare, isThere: false, seen: `the class of ${storageClass?.key ?? 'StorageClass'} does not wait for the first consumer` }
  })()
  const zones = decided('Zones')
  const published = byCapability(definition, 'StorageCapacity', 'capacity')
  return [
    local,
    published.isThere && !local.isThere ? { ...local, feature: 'StorageCapacity' } : published,
    !zones.isThere || topologyKeys.includes(zoneKey)
      ? { ...zones, seen: zones.isThere ? `${zones.seen}, and TopologyKeys names ${zoneKey}` : zones.seen }
      : { ...zones, isThere: false, seen: `TopologyKeys does not name ${zoneKey}` },
  ]
}

function inline({ inlineVolumes }: DriverDefinition): DefinedFeature {
  const feature = 'EphemeralInlineVolumes'
  if (inlineVolumes.length === 0) return { feature, isThere: false, seen: 'InlineVolumes names no volume' }
  const own = inlineVolumes.filter(({ shared, readOnly }) => !shared && !readOnly)
  if (own.length === 0) return { feature, isThere: false, seen: 'InlineVolumes names only shared or read-only volumes' }
  const sized = own.some(({ attributes }) => inlineAttributes.every((name) => name in attributes))
  const names = inlineAttributes.join(', ')
  return sized
    ? { feature, isThere: true, seen: `InlineVolumes names a volume with the attribute ${names}` }
    : { feature, isThere: false, seen: `InlineVolumes names no volume with the attribute ${names}, with which suites ask for one` }
}
