import type { V1Node, V1StorageClass } from '@kubernetes/client-node'
import type { ClusterRecord, Feature } from '../../contract/cluster-record.ts'
import type { FeatureEvidence, Platform } from '../../contract/platform.ts'
import type { ClusterApi } from '../api.ts'
import { bindingModeOf, type FoundSnapshotClass } from '../existing/classes.ts'
import type { FoundGroupClass } from '../existing/group-classes.ts'
import type { WorkloadSettings } from '../../contract/workload.ts'
import type { DefinedFeature } from '../driver-definition/features.ts'
import type { JudgedVelero } from '../installed-velero/judge-velero.ts'
import type { Log } from '../log.ts'
import { type StatedOfDriver, statedOf } from './api-features.ts'
import { byHand } from './by-hand.ts'
import { inlineStated } from './csi-driver.ts'
import { knownFeatures } from './features.ts'
import { type ProbedDriver, probeDriver } from './probe-driver.ts'
import { SetupError } from '../setup-error.ts'
import { untried } from '../existing/untried.ts'

/** What a platform is found out by. */
export interface PlatformOptions {
  readonly storageClass: V1StorageClass
  /** Whether the class is not there before the run has its lease. */
  readonly isMadeLater: boolean
  readonly snapshotClass: FoundSnapshotClass
  readonly groupSnapshotClass: FoundGroupClass
  /** Nodes that take Pods of suites, all with the image of suites by now. */
  readonly nodes: readonly V1Node[]
  /** Image of the suites to probe with; nothing is probed without it. */
  readonly image: string | undefined
  /** What the user wants of every Pod. */
  readonly settings: WorkloadSettings
  /** What whoever knows the driver says of it: its times count in place of measured ones, its sizes where none are measured. */
  readonly said?: Pick<Platform, 'times' | 'sizes'>
  /** What the definition of the driver says of its features. */
  readonly defined?: readonly DefinedFeature[]
  /** What the Velero of the cluster can be used for. */
  readonly velero: JudgedVelero
  /** Nodes that the user lets suites disrupt. */
  readonly disruptiveNodes?: readonly string[] | undefined
  readonly declared?: readonly Feature[] | undefined
  readonly undeclared?: readonly Feature[] | undefined
  /** Whether the class must make a volume that a Pod can use: a driver that was just installed is not ready before. */
  readonly mustProvision?: boolean | undefined
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** The part of a cluster record that says what the platform can do. */
export type PlatformPart = Pick<
  ClusterRecord,
  | 'features'
  | 'lacking'
  | 'bindingMode'
  | 'storageClass'
  | 'storageClasses'
  | 'snapshotClass'
  | 'volumeAttributesClasses'
  | 'platform'
  | 'velero'
  | 'kubectl'
>

/**
 * Reads what the API says of a class and its driver, uses the driver to see what it can do, and describes the platform. Throws a
 * `SetupError` where a class that must make a volume makes none.
 */
export async function platformOf(api: ClusterApi, options: PlatformOptions): Promise<PlatformPart> {
  const {
    storageClass,
    snapshotClass,
    groupSnapshotClass,
    nodes,
    defined = [],
    velero,
    disruptiveNodes,
    declared = [],
    undeclared = [],
  } = options
  const [name, driver] = [storageClass.metadata?.name ?? '', storageClass.provisioner]
  const stated = await statedOf(api, { driver, storageClass: name, nodes })
  const { image } = options
  const notProbed = whyNotProbed(options)
  const probed = image === undefined || notProbed !== undefined ? undefined : await probedBy(api, { ...options, image, stated })
  if (options.mustProvision === true && probed !== undefined) requireVolume(name, probed)
  const { evidence, ...found } = knownFeatures({
    ...{
      storageClass,
      snapshotClass,
      groupSnapshotClass,
      nodes,
      stated,
      probed,
      notProbed,
      defined,
      disruptiveNodes,
      declared,
      undeclared,
    },
    velero: velero.features,
  })
  return {
    ...found,
    storageClass: name,
    snapshotClass: 'name' in snapshotClass && found.features.includes('VolumeSnapshots') ? snapshotClass.name : '',
    volumeAttributesClasses: stated.attributes.classes,
    platform: describe(evidence, probed, options.said),
    ...(velero.velero && found.features.includes('Velero') && { velero: velero.velero }),
  }
}

/** Why the driver of a class is not used to see what it can do; undefined where it is. */
function whyNotProbed({ storageClass, isMadeLater, image }: PlatformOptions): string | undefined {
  const name = storageClass.metadata?.name ?? ''
  if (storageClass.provisioner === byHand) return `StorageClass ${name} has no driver to probe`
  if (isMadeLater) return `StorageClass ${name} is made for the run, and not probed`
  return image === undefined ? untried.driver : undefined
}

function requireVolume(storageClass: string, { volumes }: ProbedDriver): void {
  if ('isThere' in volumes) throw new SetupError(`StorageClass ${storageClass} makes no volume: ${volumes.seen}.`)
  const { bindSeconds, attachSeconds } = volumes.first
  if (attachSeconds !== undefined) return
  throw new SetupError(
    `No Pod became Ready with a volume of StorageClass ${storageClass}, although a PersistentVolumeClaim was Bound within ${bindSeconds} s.`,
  )
}

interface ProbedWith {
  readonly image: string
  readonly stated: StatedOfDriver
}

async function probedBy(api: ClusterApi, options: PlatformOptions & ProbedWith): Promise<ProbedDriver> {
  const { storageClass, snapshotClass, groupSnapshotClass, stated, image, settings, nodes, said, log, signal } = options
  return probeDriver(api, {
    storageClass: storageClass.metadata?.name ?? '',
    waits: bindingModeOf(storageClass) === 'WaitForFirstConsumer',
    grows: storageClass.allowVolumeExpansion === true,
    snapshotClass: 'name' in snapshotClass ? snapshotClass.name : undefined,
    groupSnapshotClass: 'name' in groupSnapshotClass && groupSnapshotClass.isMadeLater !== true ? groupSnapshotClass : undefined,
    inlineDriver: inlineStated(stated.csiDriver).isThere ? storageClass.provisioner : undefined,
    ...{ image, settings, nodes, smallest: said?.sizes?.smallest, log, signal },
  })
}

function describe(evidence: readonly FeatureEvidence[], probed: ProbedDriver | undefined, said: PlatformOptions['said'] = {}): Platform {
  const { volumes, times, seconds } = probed ?? {}
  const sizes = volumes === undefined || 'isThere' in volumes ? said.sizes : (volumes.sizes ?? said.sizes)
  return { evidence, times: { ...times, ...said.times }, ...(seconds !== undefined && { probeSeconds: seconds }), ...(sizes && { sizes }) }
}
