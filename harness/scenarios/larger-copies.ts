import type { MeasurementName } from '../engine/measurement.ts'
import { allReady } from '../vocabulary/conditions.ts'
import { deviceIn } from '../vocabulary/data/device-in.ts'
import type { TreePair } from '../vocabulary/data/trees-equal.ts'
import { volumeIn } from '../vocabulary/data/volume-in.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { until } from '../engine/judge/matchers.ts'
import { blockPod, pod, pvc } from '../vocabulary/objects.ts'
import { nodeOfPod } from '../vocabulary/pod/node-of-pod.ts'
import type { Growth } from '../vocabulary/pv/file-system-grew.ts'
import type { PvcOptions } from '../vocabulary/pvc/persistent-volume-claim.ts'
import { sizesOf } from '../vocabulary/pvc/sizes.ts'
import type { Observer } from '../engine/watch/observer.ts'

type CopyFixtures = Pick<ScenarioFixtures, 'namespace' | 'cluster' | 'limits' | 'measure' | 'history'>

/** PVCs that are copied: one with the usual file system of the class, one with ext4, and a block device. */
const sources = ['usual', 'ext4', 'raw'] as const

/** What was read in each of three volumes. */
export interface VolumesRead {
  readonly usual: FilesRead
  readonly ext4: FilesRead
  readonly raw: MeasurementName
}

/** What was read in a volume with a file system. */
interface FilesRead {
  readonly tree: MeasurementName
  readonly size: MeasurementName
}

/** What shows whether a copy is larger and has all data. */
export interface CopiesRead {
  readonly usual: { readonly growth: Growth; readonly trees: TreePair }
  readonly ext4: { readonly growth: Growth; readonly trees: TreePair }
  readonly raw: { readonly growth: Growth }
  /** The source `usual`, before and while its copy is mounted too. */
  readonly source: { readonly trees: TreePair }
}

/** Makes the PVCs `usual`, `ext4` and `raw`, each with a Pod of its name that mounts it, fills the volumes and reads what is in them. */
export async function filledSources(fixtures: CopyFixtures, pods: Observer): Promise<VolumesRead> {
  const { namespace, cluster, limits } = fixtures
  const size = sizesOf(cluster).small
  for (const source of sources) await namespace.apply(pvc(source, { cluster, size, ...kindsOf(fixtures)[source] }))
  await namespace.apply(pod('usual', { cluster, pvc: 'usual' }))
  await namespace.apply(pod('ext4', { cluster, pvc: 'ext4' }))
  await namespace.apply(blockPod('raw', { cluster, pvc: 'raw' }))
  await until(pods, allReady({ pods: sources }), { within: limits.podReady })
  await volumeIn('usual', fixtures).fill()
  await volumeIn('ext4', fixtures).fill()
  await deviceIn('raw', fixtures).writePattern()
  return readVolumes(fixtures, { label: 'before it was copied', podOf: (source) => source })
}

/**
 * Asks for a larger copy of each, `usual-copy` and so on, and for a Pod `usual-reader` and so on that mounts it on the node where its
 * source is mounted. `from` is told the name of a source, and says what its copy is made from.
 */
export async function largerCopies(
  fixtures: CopyFixtures,
  from: (source: string) => Pick<PvcOptions, 'fromPvc' | 'fromSnapshot'>,
): Promise<void> {
  const { namespace, cluster, history } = fixtures
  const size = sizesOf(cluster).medium
  for (const source of sources)
    await namespace.apply(pvc(`${source}-copy`, { cluster, size, ...kindsOf(fixtures)[source], ...from(source) }))
  await namespace.apply(pod('usual-reader', { cluster, pvc: 'usual-copy', node: await nodeOfPod(history, 'usual') }))
  await namespace.apply(pod('ext4-reader', { cluster, pvc: 'ext4-copy', node: await nodeOfPod(history, 'ext4') }))
  await namespace.apply(blockPod('raw-reader', { cluster, pvc: 'raw-copy', node: await nodeOfPod(history, 'raw') }))
}

/** Reads the copies, and one of the sources again. `before` is what was read in the sources. */
export async function readCopies(fixtures: CopyFixtures, before: VolumesRead): Promise<CopiesRead> {
  const { small, medium } = sizesOf(fixtures.cluster)
  const after = await readVolumes(fixtures, { label: 'in the copy', podOf: (source) => `${source}-reader` })
  const source = await volumeIn('usual', fixtures).readTree('beside its copy')
  const growth = (name: string, was: MeasurementName, is: MeasurementName): Growth => {
    return { pvc: `${name}-copy`, from: small, to: medium, before: was, after: is }
  }
  const ofFiles = (name: 'usual' | 'ext4') => ({
    growth: growth(name, before[name].size, after[name].size),
    trees: { expected: before[name].tree, actual: after[name].tree },
  })
  return {
    usual: ofFiles('usual'),
    ext4: ofFiles('ext4'),
    raw: { growth: growth('raw', before.raw, after.raw) },
    source: { trees: { expected: before.usual.tree, actual: source } },
  }
}

/** What a PVC asks for to have the kind of volume that its name says. */
function kindsOf({ cluster }: Pick<CopyFixtures, 'cluster'>) {
  return { usual: {}, ext4: { storageClass: cluster.storageClasses.ext4 }, raw: { volumeMode: 'Block' } } as const
}

async function readVolumes(
  fixtures: CopyFixtures,
  { label, podOf }: { readonly label: string; readonly podOf: (source: string) => string },
): Promise<VolumesRead> {
  const readFiles = async (name: string): Promise<FilesRead> => {
    const volume = volumeIn(podOf(name), fixtures)
    return { tree: await volume.readTree(label), size: await volume.readSize(label) }
  }
  return { usual: await readFiles('usual'), ext4: await readFiles('ext4'), raw: await deviceIn(podOf('raw'), fixtures).read(label) }
}
