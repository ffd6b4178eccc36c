import type { MadeKind } from '../driver-definition/made-classes.ts'
import { ruleOf, type RightsRule } from '../../contract/rights.ts'

const lookingAround = [
  'cluster selfsubjectaccessreviews.authorization.k8s.io: create',
  'cluster nodes: list',
  'cluster storageclasses.storage.k8s.io: list',
]
const lookingForSnapshots = ['cluster volumesnapshotclasses.snapshot.storage.k8s.io: list']

/** What it takes to see what a cluster offers. */
export function rightsToLook({ snapshots }: { readonly snapshots: boolean }): readonly RightsRule[] {
  return [...lookingAround, ...(snapshots ? lookingForSnapshots : [])].map(ruleOf)
}

/** What it takes to run a Pod on the nodes before the first guarantee, and to find the namespaces that dead runs left. */
const rightsToRunPods: readonly RightsRule[] = [
  'cluster namespaces: create delete get list',
  'own events: list',
  'own pods: create list',
  'own serviceaccounts: get',
].map(ruleOf)

/** What it takes to probe a driver before the first guarantee. */
const rightsToProbe: readonly RightsRule[] = [
  'own persistentvolumeclaims: create list patch',
  'own pods: create delete list',
  'own pods/log: get',
  'cluster persistentvolumes: get list',
].map(ruleOf)

const rightsToProbeSnapshots: readonly RightsRule[] = ['own volumesnapshots.snapshot.storage.k8s.io: create list'].map(ruleOf)

/** What probes read where they may: without these rights a reason says so, and nothing fails. */
const rightsOfProbesWhereGiven: readonly RightsRule[] = [
  'cluster csidrivers.storage.k8s.io: get',
  'cluster csinodes.storage.k8s.io: list',
  'cluster csistoragecapacities.storage.k8s.io: list',
  'cluster volumeattributesclasses.storage.k8s.io: list',
].map(ruleOf)

/** What it takes to find a class of group snapshots, and to probe it. Without these a reason says so, and nothing fails. */
const rightsToProbeGroups: readonly RightsRule[] = [
  'cluster volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io: list',
  'own volumegroupsnapshots.groupsnapshot.storage.k8s.io: create list',
].map(ruleOf)

const made: Readonly<Record<MadeKind, string>> = {
  StorageClass: 'storageclasses.storage.k8s.io',
  VolumeSnapshotClass: 'volumesnapshotclasses.snapshot.storage.k8s.io',
  VolumeGroupSnapshotClass: 'volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io',
}

/** What it takes to make the classes that the definition of a driver wants to be made. */
export function rightsToMake(kinds: readonly MadeKind[]): readonly RightsRule[] {
  return kinds.map((kind) => ruleOf(`cluster ${made[kind]}: create delete get`))
}

/** What it takes to put the program of the suites into namespaces. */
const rightsToGiveProgram: readonly RightsRule[] = ['own configmaps: create'].map(ruleOf)

/** What is tried of a cluster before the first guarantee. */
interface Tried {
  readonly snapshots: boolean
  /** Whether the program of the suites comes from a ConfigMap. */
  readonly program: boolean
}

/** What it takes to run Pods and to probe before the first guarantee. */
export function rightsToTry({ snapshots, program }: Tried): readonly RightsRule[] {
  return [...rightsToRunPods, ...rightsToProbe, ...(snapshots ? rightsToProbeSnapshots : []), ...(program ? rightsToGiveProgram : [])]
}

/**
 * What it takes to see what a Velero can be used for, and to ask its server. Without these a reason says so, and nothing fails. Nothing
 * else of its namespace is looked at.
 */
export const rightsToSeeVelero: readonly RightsRule[] = [
  'namespace/velero backupstoragelocations.velero.io: list',
  'namespace/velero deployments.apps: list',
  'namespace/velero pods: list',
  'namespace/velero serverstatusrequests.velero.io: create delete get',
  'namespace/velero volumesnapshotlocations.velero.io: list',
].map(ruleOf)

/** What it takes to keep other runs away. Without these a run says so and goes on. */
export const rightsToLease: readonly RightsRule[] = [
  'namespace/kube-system leases.coordination.k8s.io: create',
  'namespace/kube-system leases.coordination.k8s.io holdfast: delete get update',
].map(ruleOf)

/** What it takes, besides what probes take, to look for storage that a run left behind. Without these a finding says so. */
const rightsToFindLeaks: readonly RightsRule[] = [
  'cluster volumeattachments.storage.k8s.io: list',
  'cluster volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io: list',
  'cluster volumesnapshotcontents.snapshot.storage.k8s.io: list',
].map(ruleOf)

/** All that Holdfast itself asks of a cluster that it did not create, besides what its guarantees do. */
export function rightsOfItsOwn(options: Tried): readonly RightsRule[] {
  const whereGiven = [...rightsOfProbesWhereGiven, ...(options.snapshots ? rightsToProbeGroups : [])]
  return [...rightsToLook(options), ...rightsToTry(options), ...whereGiven, ...rightsToLease, ...rightsToFindLeaks]
}
