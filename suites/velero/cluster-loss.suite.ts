import { expect } from 'vitest'
import { clusterLoss, conformance, logHoldsExactly, pvcPending, treesEqual } from '../../harness/index.ts'

conformance(
  {
    id: 'velero/cluster-loss',
    statement:
      'After the loss of a cluster, Velero in another cluster with the same object store finds its Backups. Volumes with moved data are restored completely, volumes with CSI snapshots alone are not.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/csi-snapshot-data-movement/', section: 'overview' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI', 'NodeAgent', 'ObjectStore', 'SecondCluster'],
    mutants: ['stored-object-deleted', 'stored-byte-flipped'],
    proves: {
      'velero.cluster-loss': { rebuilt: ['found', 'rebuilt', 'same-data'], 'snapshots-alone': ['found', 'failed-in-part', 'pending'] },
      'backup.layers-cover-different-faults': { cluster: ['found', 'rebuilt', 'same-data', 'failed-in-part', 'pending'] },
    },
    pace: 'slow',
    holds: ['second cluster'],
  },
  async (fixtures) => {
    const { history, limits } = fixtures
    const loss = clusterLoss(fixtures)
    await loss.write({ files: 200, bytes: '16Mi' })
    await loss.backUp()

    await loss.lose()
    await loss.find()
    const bare = await loss.restoreSnapshots()
    const pvcs = await bare.observe.pvcs()
    await loss.restoreMoved()

    const { trees, logs } = await loss.compare()
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'same-data' })
    await expect(pvcs).toStay(pvcPending({ pvc: bare.nameOf('data') }), { for: limits.staysUnchanged, as: 'pending' })
  },
)
