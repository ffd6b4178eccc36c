import type { KubernetesObject } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { listWhereSeen } from './served-kinds.ts'

/** The VolumeGroupSnapshotClass that suites use, or why they use none. */
export type FoundGroupClass =
  | {
      readonly name: string
      /** Whether what it makes outlives the namespace it was made from. */
      readonly retains: boolean
      /** Whether it is not there before the run has its lease. */
      readonly isMadeLater?: boolean
    }
  | { readonly why: string }

/** A VolumeGroupSnapshotClass, as far as it is read. */
export interface GroupClass extends KubernetesObject {
  readonly driver?: string
  readonly deletionPolicy?: string
}

/** Snapshots of groups are an option of the snapshot API. */
export const groupsNotServed = 'the cluster does not serve the API of group snapshots'

const kind = { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshotClass' }

/** All VolumeGroupSnapshotClasses, or why there are none to see. */
export async function groupClasses(api: ClusterApi): Promise<readonly GroupClass[] | 'not served' | 'forbidden'> {
  return listWhereSeen<GroupClass>(api, kind)
}

/**
 * The VolumeGroupSnapshotClass of a driver that nobody named: the one that is marked as default, the only one, or the one that is called as
 * its VolumeSnapshotClass is.
 */
export async function groupClassOf(
  api: ClusterApi,
  { driver, snapshotClass }: { readonly driver: string; readonly snapshotClass: string | undefined },
): Promise<FoundGroupClass> {
  const all = await groupClasses(api)
  if (all === 'not served') return { why: groupsNotServed }
  if (all === 'forbidden') return { why: 'VolumeGroupSnapshotClasses cannot be read' }
  const ofDriver = all.filter((each) => each.driver === driver)
  if (ofDriver.length === 0) return { why: `driver ${driver} has no VolumeGroupSnapshotClass` }
  const found =
    ofDriver.find(isDefault) ?? (ofDriver.length === 1 ? ofDriver[0] : ofDriver.find(({ metadata }) => metadata?.name === snapshotClass))
  if (found !== undefined) return foundClass(found)
  return { why: `driver ${driver} has several VolumeGroupSnapshotClasses, and none is the default or is called as the VolumeSnapshotClass` }
}

/** A class as suites use it. */
export function foundClass({ metadata, deletionPolicy }: GroupClass): FoundGroupClass {
  return { name: metadata?.name ?? '', retains: deletionPolicy === 'Retain' }
}

function isDefault({ metadata }: GroupClass): boolean {
  return metadata?.annotations?.['groupsnapshot.storage.kubernetes.io/is-default-class'] === 'true'
}
