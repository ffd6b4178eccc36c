import { expect } from 'vitest'
import type { LogPair } from '../vocabulary/data/log-holds-exactly.ts'
import type { TreePair } from '../vocabulary/data/trees-equal.ts'
import { backupReached, backupSynced, podReady, restoreReached } from '../vocabulary/conditions.ts'
import { forgottenByKopia } from '../vocabulary/velero/volume-data/kopia.ts'
import { type TreeSize, volumeIn } from '../vocabulary/data/volume-in.ts'
import type { OtherCluster, OtherNamespace, ScenarioFixtures } from './scenario-fixtures.ts'
import { sizesOf } from '../vocabulary/pvc/sizes.ts'
import { until } from '../engine/judge/matchers.ts'
import { backupStorageLocation } from '../vocabulary/velero/location/backup-storage-location.ts'
import { pvc } from '../vocabulary/pvc/persistent-volume-claim.ts'
import { pod as podWithPvc } from '../vocabulary/pod/builders/pod.ts'
import { parseQuantity } from '../engine/quantity.ts'
import { addChapter } from '../engine/judge/story.ts'

/** What came back in the cluster that is left, to be judged. */
export interface Rebuilt {
  readonly trees: TreePair
  readonly logs: LogPair
}

/** A workload in a cluster that is lost, and what the cluster that is left makes of its backups. */
export interface ClusterLoss {
  /** Makes the second cluster with a Pod and its volume, and writes to it. */
  write(size: TreeSize): Promise<void>
  /** Backs the workload up twice: with its data moved to the object store, and with CSI snapshots alone. */
  backUp(): Promise<void>
  /** Loses the cluster whole. */
  lose(): Promise<void>
  /** Shows Velero of the cluster that is left where the backups are; it has to find them. */
  find(): Promise<void>
  /**
   * Restores the backup with CSI snapshots alone into an additional namespace; the Restore must fail in part. Resolves to that namespace.
   */
  restoreSnapshots(): Promise<OtherNamespace>
  /** Restores the backup with moved data, which must complete, and the Pod must be Ready. */
  restoreMoved(): Promise<void>
  /** Reads what is in the restored volume. */
  compare(): Promise<Rebuilt>
}

const [pod, pvcName] = ['keeper', 'data']
const treeDirectory = '/data/tree'
const before = 'before the loss'
const after = 'after the restore'

/** The loss of a cluster that the workload of a guarantee ran in. */
export function clusterLoss(fixtures: ScenarioFixtures): ClusterLoss {
  const { namespace, observe, velero, limits, history, cluster, measure, additionalNamespace, secondCluster } = fixtures
  const made = Promise.withResolvers<OtherCluster>()
  const names = { moved: '', snapshots: '' }
  const again = additionalNamespace('again')
  const bare = additionalNamespace('bare')
  const subject = { kind: 'Namespace', name: namespace.name } as const
  const location = velero.nameOf('of-the-lost')

  return {
    async write(size) {
      const lost = await secondCluster('lost')
      made.resolve(lost)
      const pods = await lost.observe.pods()
      await lost.namespace.apply(pvc(pvcName, { cluster: lost.cluster, size: sizesOf(lost.cluster).small }))
      await lost.namespace.apply(podWithPvc(pod, { cluster: lost.cluster, pvc: pvcName }))
      await until(pods, podReady({ pod: lost.nameOf(pod) }), { within: limits.podReady })
      const place = { namespace: lost.namespace, measure: lost.measure }
      await volumeIn(pod, place, treeDirectory).populate(size)
      await volumeIn(pod, place).appendRecords(before)
      await volumeIn(pod, place, treeDirectory).readTree(before)
      const text = `A tree of files and a log of acknowledged writes were written in cluster ${lost.cluster.name}.`
      addChapter(fixtures, 'Written', {
        subject,
        text,
        facts: { files: size.files, bytes: parseQuantity(size.bytes), cluster: lost.cluster.name },
      })
    },
    async backUp() {
      const lost = await made.promise
      const backups = await lost.observe.backups()
      names.moved = await lost.velero.backup('moved', { snapshotMoveData: true })
      await expect(backups).toReach(backupReached({ backup: names.moved, phase: 'Completed' }), { within: limits.backupEnded })
      names.snapshots = await lost.velero.backup('snapshots', { snapshotMoveData: false })
      await expect(backups).toReach(backupReached({ backup: names.snapshots, phase: 'Completed' }), { within: limits.backupEnded })
      const text = 'The namespace was backed up with its data moved to the object store, and again with CSI snapshots alone.'
      addChapter(fixtures, 'Backed up', {
        subject,
        text,
        facts: { 'with moved data': names.moved, 'with CSI snapshots alone': names.snapshots },
      })
    },
    async lose() {
      const lost = await made.promise
      await lost.lose()
      const text = `Cluster ${lost.cluster.name} was removed with its nodes, its etcd and every file of its CSI driver.`
      addChapter(fixtures, 'Destroyed', { subject, text, facts: { cluster: lost.cluster.name } })
    },
    async find() {
      const backups = await observe.backups()
      await velero.apply(backupStorageLocation(location, { of: (await made.promise).cluster, accessMode: 'ReadOnly' }))
      for (const backup of Object.values(names))
        await expect(backups).toReach(backupSynced({ backup, location }), { within: limits.backupsSynced, as: 'found' })
      const text = `Velero of cluster ${cluster.name} found the backups in the object store.`
      addChapter(fixtures, 'Found', { subject, text, facts: { location } })
    },
    async restoreSnapshots() {
      const restores = await observe.restores()
      const restore = await velero.restore('bare', mapped(names.snapshots, bare.namespace.name))
      await expect(restores).toReach(restoreReached({ restore, phase: 'PartiallyFailed' }), {
        within: limits.restoreEnded,
        as: 'failed-in-part',
      })
      return bare
    },
    async restoreMoved() {
      const [restores, pods] = [await observe.restores(), await again.observe.pods()]
      const restore = await velero.restore('again', mapped(names.moved, again.namespace.name))
      await expect(restores).toReach(restoreReached({ restore, phase: 'Completed' }), { within: limits.restoreEnded, as: 'rebuilt' })
      await expect(pods).toReach(podReady({ pod: again.nameOf(pod) }), { within: limits.podReady, as: 'rebuilt' })
      addChapter(fixtures, 'Restored', { subject, text: `Restore ${restore} completed and its Pod is Ready.`, facts: { restore } })
    },
    async compare() {
      const place = { namespace: again.namespace, measure }
      const trees = {
        forgets: forgottenByKopia,
        expected: { pod, label: before },
        actual: await volumeIn(pod, place, treeDirectory).readTree(after),
      }
      const logs = { acknowledged: { pod, label: before }, found: await volumeIn(pod, place).readRecords(after) }
      const text = 'Every file of the restored volume was read and compared with what was written in the cluster that is gone.'
      addChapter(fixtures, 'Compared', { subject, text, facts: { judgements: history.judgements.length } })
      return { trees, logs }
    },
  }

  function mapped(backupName: string, to: string) {
    return { backupName, namespaceMapping: { [`${namespace.name}-lost`]: to } }
  }
}
