import type { KubernetesObject, V1Container, V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node'
import type { Feature, VeleroRecord } from '../../contract/cluster-record.ts'
import { flagOf, imageTag, veleroPartOf } from '../../contract/velero-server.ts'
import type { FoundSnapshotClass } from '../existing/classes.ts'
import { isAtLeast } from '../kind/tools.ts'
import type { ServerAnswer } from './ask-server.ts'
import type { FoundVelero } from './find-velero.ts'
import type { SnapshotLocation, StorageLocation } from './velero-objects.ts'

/** All that was seen of an installed Velero. */
export interface SeenVelero extends FoundVelero {
  readonly snapshotLocations: readonly SnapshotLocation[]
  /** Pods of its namespace. */
  readonly pods: readonly V1Pod[]
  /** Nodes that take Pods of suites. */
  readonly nodes: readonly V1Node[]
  /** Class that Backups of suites name, and all there are. */
  readonly snapshotClass: FoundSnapshotClass
  readonly snapshotClasses: readonly KubernetesObject[]
  /** Absent where nothing is made in the cluster, as in a dry run. */
  readonly answer?: ServerAnswer | undefined
}

/** Whether one feature of Velero is there, and what shows it. */
export interface JudgedFeature {
  readonly feature: Extract<Feature, 'Velero' | 'VeleroCSI' | 'NodeAgent'>
  readonly isThere: boolean
  readonly by: 'api' | 'probe'
  readonly seen: string
}

/** What an installed Velero can be used for. */
export interface JudgedVelero {
  readonly features: readonly JudgedFeature[]
  /** Absent where it cannot be used. */
  readonly velero?: VeleroRecord
}

/** Features of a cluster whose Velero is not used, all for one reason. */
export function withoutVelero(why: string): JudgedVelero {
  return { features: (['Velero', 'VeleroCSI', 'NodeAgent'] as const).map((feature) => ({ feature, isThere: false, by: 'api', seen: why })) }
}

/** Judges what was seen of an installed Velero. */
export function judgedVelero(seen: SeenVelero): JudgedVelero {
  const { namespace, server, answer } = seen
  const by = answer === undefined || 'notAsked' in answer ? 'api' : 'probe'
  const version = versionOf(seen)
  const which = version === undefined ? 'Velero' : `Velero ${version}`
  const called = `${which} runs in namespace ${namespace} (Deployment ${server.metadata?.name ?? ''})`
  const location = locationOf(seen)
  const lacks = whyUnusable(seen, version) ?? ('why' in location ? location.why : undefined)
  if (lacks !== undefined || 'why' in location) return withoutVelero(`${called}, but ${lacks ?? ''}`)
  const snapshotLocations = seen.snapshotLocations.map(nameOf).toSorted()
  const details = [
    `its BackupStorageLocation ${location.name} is Available and ReadWrite`,
    `VolumeSnapshotLocations: ${snapshotLocations.join(', ') || 'none'}`,
    ...(answer !== undefined && 'notAsked' in answer ? [answer.notAsked] : []),
  ]
  const csi = csiOf(seen, version)
  return {
    features: [
      { feature: 'Velero', isThere: true, by, seen: [called, ...details].join('; ') },
      { feature: 'VeleroCSI', by, ...csi },
      { feature: 'NodeAgent', by: 'api', ...nodeAgentOf(seen, { movesData: csi.isThere }) },
    ],
    velero: {
      ...{ namespace, location: location.name, faultyLocations: {} },
      shared: { ...(version !== undefined && { version }), snapshotLocations: locationsToName(seen) },
    },
  }
}

function containerOf({ spec }: Pick<V1Deployment, 'spec'>): V1Container | undefined {
  return spec?.template.spec?.containers.find((container) => veleroPartOf(container) === 'server')
}

function versionOf({ answer, server }: SeenVelero): string | undefined {
  if (answer !== undefined && 'version' in answer && answer.version !== '') return answer.version
  return imageTag(containerOf(server)?.image ?? '')
}

/** Before it, Backups cannot say that the data of their snapshots stays where it is. */
const oldest = '1.12'

function whyUnusable({ server, answer }: SeenVelero, version: string | undefined): string | undefined {
  if (!isSince(version, oldest)) return `suites need v${oldest} or newer`
  if ((server.status?.availableReplicas ?? 0) < 1) return 'no Pod of its server is available'
  if (answer !== undefined && 'silent' in answer) return answer.silent
  const restoresOnly = flagOf(containerOf(server) ?? {}, '--restore-only')
  return restoresOnly === 'true' ? 'its server makes no Backups (--restore-only)' : undefined
}

/** The BackupStorageLocation that Velero uses for a Backup which names none, if it can be written to. */
function locationOf({ locations, server, namespace }: SeenVelero): { readonly name: string } | { readonly why: string } {
  const byFlag = flagOf(containerOf(server) ?? {}, '--default-backup-storage-location') ?? 'default'
  const found =
    locations.find(({ spec }) => spec?.default === true) ??
    locations.find((each) => nameOf(each) === byFlag) ??
    (locations.length === 1 ? locations[0] : undefined)
  if (locations.length === 0) return { why: `namespace ${namespace} has no BackupStorageLocation` }
  if (found === undefined)
    return { why: `none of its BackupStorageLocations is the default: ${locations.map(nameOf).toSorted().join(', ')}` }
  const why = whyNotWritable(found)
  return why === undefined ? { name: nameOf(found) } : { why: `its BackupStorageLocation ${nameOf(found)} ${why}` }
}

function whyNotWritable({ spec, status }: StorageLocation): string | undefined {
  const { phase, message = '' } = status ?? {}
  if (spec?.accessMode === 'ReadOnly') return 'is ReadOnly'
  if (phase === 'Available') return undefined
  return phase === undefined ? 'was not validated yet' : `is ${phase}${message === '' ? '' : `: ${inOneLine(message)}`}`
}

/** One for each provider, where one of them has several; none where Velero needs none to be named. */
function locationsToName({ snapshotLocations, server }: SeenVelero): readonly string[] {
  const byProvider = [...Map.groupBy(snapshotLocations, ({ spec }) => spec?.provider ?? '').values()].map((some) =>
    some.map(nameOf).toSorted(),
  )
  if (byProvider.every((names) => names.length === 1)) return []
  const byDefault = (flagOf(containerOf(server) ?? {}, '--default-volume-snapshot-locations') ?? '')
    .split(',')
    .map((pair) => pair.split(':')[1])
  return byProvider.map((names) => names.find((name) => byDefault.includes(name)) ?? names[0] ?? '').toSorted()
}

const pluginSince = '1.14'
const csiPlugin = 'velero.io/csi-pvc-backupper'
const classLabel = 'velero.io/csi-volumesnapshot-class'

/** CSI snapshots take a feature of the server, a plug-in, which is built in by now, and a class. */
function csiOf(seen: SeenVelero, version: string | undefined): Omit<JudgedFeature, 'feature' | 'by'> {
  const { server, answer, snapshotClass, snapshotClasses } = seen
  const flags = (flagOf(containerOf(server) ?? {}, '--features') ?? '').split(',')
  if (!flags.includes('EnableCSI')) return { isThere: false, seen: 'its server does not have the feature EnableCSI (--features=EnableCSI)' }
  const plugins = answer !== undefined && 'plugins' in answer ? answer.plugins : undefined
  const isBuiltIn = isSince(version, pluginSince)
  const hasPlugin = plugins === undefined ? isBuiltIn : plugins.includes(csiPlugin)
  if (!hasPlugin)
    return { isThere: false, seen: `its server has the feature EnableCSI, but not the plug-in ${csiPlugin}, which is built in from v1.14` }
  const on = `its server has the feature EnableCSI and the plug-in for CSI${isBuiltIn ? ', which is built in from v1.14' : ''}`
  if (!('name' in snapshotClass)) return { isThere: false, seen: `${on}, but ${snapshotClass.why}` }
  const isLabelled = snapshotClasses.some((each) => nameOf(each) === snapshotClass.name && each.metadata?.labels?.[classLabel] === 'true')
  const label = `the label ${classLabel}`
  if (isLabelled) return { isThere: true, seen: `${on}; VolumeSnapshotClass ${snapshotClass.name} has ${label}` }
  // Since then an annotation of the Backup may name the class.
  return isBuiltIn
    ? { isThere: true, seen: `${on}; VolumeSnapshotClass ${snapshotClass.name} lacks ${label}, so each Backup of a suite names it` }
    : { isThere: false, seen: `${on}, but VolumeSnapshotClass ${snapshotClass.name} lacks ${label}` }
}

const consent =
  'it is used only with --declare NodeAgent, because Velero never removes the repositories (kopia/hf-…) that it makes in its store'

function nodeAgentOf(
  { pods, nodes, namespace }: SeenVelero,
  { movesData }: { readonly movesData: boolean },
): Omit<JudgedFeature, 'feature' | 'by'> {
  const agents = pods.filter(({ spec }) => spec?.containers.some((container) => veleroPartOf(container) === 'node-agent') === true)
  if (agents.length === 0) return { isThere: false, seen: `no Pod of namespace ${namespace} runs "velero node-agent server"` }
  const serving = new Set(agents.filter(isReady).map(({ spec }) => spec?.nodeName))
  const without = nodes.map(nameOf).filter((name) => !serving.has(name))
  if (without.length > 0) return { isThere: false, seen: `the node agent of Velero is not Ready on ${without.toSorted().join(', ')}` }
  const data = movesData ? 'the data of CSI snapshots can be moved' : 'the data of CSI snapshots cannot be moved'
  return { isThere: false, seen: `the node agent of Velero is Ready on every node that takes Pods, and ${data}; ${consent}` }
}

function isReady({ status }: V1Pod): boolean {
  return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') === true
}

/** A version that cannot be read, such as that of a build of somebody's own, counts as the newest. */
function isSince(version: string | undefined, minor: string): boolean {
  const found = /^v?(\d+\.\d+)/.exec(version ?? '')?.[1]
  return found === undefined || isAtLeast(found, minor)
}

function nameOf({ metadata }: KubernetesObject): string {
  return metadata?.name ?? ''
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 300)
}
