import type { Feature } from '../../contract/cluster-record.ts'
import { quantityOf } from '../../contract/quantity.ts'
import type { FeatureEvidence } from '../../contract/platform.ts'
import type { Attempt } from './probe-context.ts'
import type { ProbedVolumes } from './probe-driver.ts'
import { bindingModeOf } from '../existing/classes.ts'
import { inlineStated } from './csi-driver.ts'
import { isOfSize } from './inline-volume.ts'
import type { Known } from './known.ts'

/** Evidence before anybody overruled it. */
export type Shown = FeatureEvidence & { readonly by: 'api' | 'probe' }

/** Features that only using the driver shows, and those of the class beside what using it showed. */
export function featuresOfVolumes(known: Known): readonly Shown[] {
  const { storageClass, snapshotClass, probed } = known
  const name = storageClass.metadata?.name ?? ''
  const volumes = probed?.volumes
  if (volumes === undefined || 'isThere' in volumes) return withoutVolumes(known, volumes)
  const { first, growth, block, onePod, shared, moved, copies, group, inline, reachableFrom } = volumes
  const grows = storageClass.allowVolumeExpansion === true
  const notAllowed: Attempt = { isThere: false, seen: `StorageClass ${name} does not allow volume expansion`, seconds: 0 }
  const probe = (feature: Feature, { isThere, seen, seconds }: Attempt): Shown => ({ feature, isThere, by: 'probe', seen, seconds })
  const grown = growth?.online.isThere === true ? growth.online : growth?.offline
  return [
    {
      ...{ feature: 'ImmediateBinding', by: 'probe', isThere: first.isImmediate, seconds: first.bindSeconds },
      seen: `a PersistentVolumeClaim ${first.isImmediate ? 'was Bound before' : 'stayed Pending until'} a Pod used it`,
    },
    // What its class promises is for suites to judge: a driver that does not keep it fails there.
    {
      ...{ feature: 'VolumeExpansion', by: 'api', isThere: grows, ...(grown && { seconds: grown.seconds }) },
      seen:
        grown === undefined
          ? notAllowed.seen
          : `StorageClass ${name} allows volume expansion${grown.isThere ? '' : ', but'}: ${grown.seen}`,
    },
    probe('OnlineExpansion', growth?.online ?? notAllowed),
    probe('EnforcedCapacity', capacityEnforced(volumes)),
    probe('LostAndFound', lostAndFound(volumes)),
    probe('BlockVolumes', block),
    probe('ReadWriteOncePod', keptToOnePod(first, onePod)),
    probe('ReadWriteMany', shared),
    probe('MovableVolumes', moved),
    nodeLocal(known, { isImmediate: first.isImmediate, reachableFrom }),
    probe('MountOptions', mountOptions(first)),
    probe('VolumeCloning', copies.clone),
    'name' in snapshotClass
      ? { ...probe('VolumeSnapshots', copies.snapshot ?? copies.clone), ...(snapshotClass.isNamed && { by: 'api', isThere: true }) }
      : { feature: 'VolumeSnapshots', by: 'api', isThere: false, seen: snapshotClass.why },
    groupSnapshots(known, group),
    inlineVolumes(known, inline),
  ]
}

function groupSnapshots({ groupSnapshotClass, notProbed = 'nothing was probed' }: Known, tried: Attempt | undefined): Shown {
  const feature = 'VolumeGroupSnapshots'
  if ('why' in groupSnapshotClass) return { feature, by: 'api', isThere: false, seen: groupSnapshotClass.why }
  if (tried !== undefined) return { feature, by: 'probe', ...tried }
  const { name, isMadeLater } = groupSnapshotClass
  const why = isMadeLater === true ? `VolumeGroupSnapshotClass ${name} is made for the run, and not probed` : notProbed
  return { feature, by: 'probe', isThere: false, seen: why }
}

function inlineVolumes({ stated, notProbed = 'nothing was probed' }: Known, tried: Attempt | undefined): Shown {
  const feature = 'EphemeralInlineVolumes'
  const said = inlineStated(stated.csiDriver)
  if (!said.isThere) return { feature, by: 'api', ...said }
  return { feature, by: 'probe', ...(tried ?? { isThere: false, seen: notProbed }) }
}

/** Where the class makes no volume, what it says of itself counts, and nothing else is known. */
function withoutVolumes(given: Known, failed: Attempt | undefined): readonly Shown[] {
  const { storageClass, snapshotClass, stated, notProbed = 'nothing was probed' } = given
  const name = storageClass.metadata?.name ?? ''
  const grows = storageClass.allowVolumeExpansion === true
  const isImmediate = bindingModeOf(storageClass) === 'Immediate'
  const unknown: readonly Feature[] = [
    'OnlineExpansion',
    'EnforcedCapacity',
    'LostAndFound',
    'BlockVolumes',
    'ReadWriteOncePod',
    'ReadWriteMany',
    'MovableVolumes',
    'NodeLocalVolumes',
    'VolumeCloning',
  ]
  const why = failed === undefined ? notProbed : `nothing could be probed: ${failed.seen}`
  const known = { ...given, notProbed: why }
  return [
    {
      ...{ feature: 'ImmediateBinding', by: 'api', isThere: isImmediate },
      seen: isImmediate ? `StorageClass ${name} binds at once` : `StorageClass ${name} waits for the first consumer`,
    },
    {
      ...{ feature: 'VolumeExpansion', by: 'api', isThere: grows },
      seen: `StorageClass ${name} ${grows ? 'allows' : 'does not allow'} volume expansion`,
    },
    {
      ...{ feature: 'VolumeSnapshots', by: 'api', isThere: 'name' in snapshotClass && snapshotClass.isNamed },
      seen: 'name' in snapshotClass ? `VolumeSnapshotClass ${snapshotClass.name} is of its driver; ${why}` : snapshotClass.why,
    },
    { feature: 'MountOptions', by: 'api', isThere: stated.csi.isThere, seen: stated.csi.seen },
    ...unknown.map((feature): Shown => ({ feature, by: 'probe', isThere: false, seen: why })),
    groupSnapshots(known, undefined),
    inlineVolumes(known, undefined),
  ]
}

/** Sources of volumes that kubelet mounts with the options of their class. */
const mountedWithOptions = ['csi', 'nfs', 'iscsi', 'rbd', 'cephfs', 'cinder', 'azureFile', 'vsphereVolume'] as const

function mountOptions({ pv: { spec } }: ProbedVolumes['first']): Attempt {
  const isThere = mountedWithOptions.some((source) => spec?.[source] !== undefined)
  const seen = isThere ? 'its PersistentVolume is mounted with options' : 'kubelet mounts no PersistentVolume of that kind with options'
  return { isThere, seen, seconds: 0 }
}

/**
 * A volume that is not CSI gets the mode, and is used by two Pods all the same: Kubernetes supports it for CSI volumes only
 * (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes).
 */
function keptToOnePod({ pv: { spec } }: ProbedVolumes['first'], tried: Attempt): Attempt {
  if (spec?.csi !== undefined) return tried
  return { ...tried, isThere: false, seen: 'Kubernetes keeps CSI volumes only to one Pod, and its PersistentVolume is none' }
}

function capacityEnforced({ first: { capacity, fileSystem } }: ProbedVolumes): Attempt {
  if (fileSystem === undefined) return { isThere: false, seen: 'the size of the file system of its volume could not be read', seconds: 0 }
  const isThere = isOfSize(fileSystem, capacity)
  return { isThere, seen: `the file system of a volume of ${quantityOf(capacity)} has ${Math.round(fileSystem / 2 ** 20)} MiB`, seconds: 0 }
}

function lostAndFound({ first }: ProbedVolumes): Attempt {
  if (first.lostAndFound === undefined) return { isThere: false, seen: 'the root of its volume could not be looked at', seconds: 0 }
  const [isThere, has] = first.lostAndFound ? [true, 'a'] : [false, 'no']
  return { isThere, seen: `the root of a new volume has ${has} directory lost+found`, seconds: 0 }
}

/** Node-local is what waits for a Pod and can then be used on its node alone. */
function nodeLocal(
  { nodes }: Known,
  { isImmediate, reachableFrom }: { readonly isImmediate: boolean; readonly reachableFrom: readonly string[] },
): Shown {
  const where = reachableFrom.length === nodes.length ? 'every node' : `of ${nodes.length} nodes, ${reachableFrom.join(', ') || 'none'}`
  return {
    ...{ feature: 'NodeLocalVolumes', by: 'probe', isThere: !isImmediate && nodes.length > 1 && reachableFrom.length === 1 },
    seen: `by the node affinity of a PersistentVolume, ${where} can use the volume`,
  }
}
