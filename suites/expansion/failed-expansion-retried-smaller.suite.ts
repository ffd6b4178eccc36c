import { expect } from 'vitest'
import {
  conformance,
  expansionRefused,
  fileSystemGrew,
  keepsItsVolume,
  pod,
  podReady,
  pvc,
  pvcSized,
  staysTheSamePod,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/failed-expansion-retried-smaller',
    statement:
      'An expansion that the storage system refuses can be retried with a smaller size above the current capacity. The PVC then grows to that size without a Pod restart.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'recovering-from-failure-when-expanding-volumes' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'EnforcedCapacity'],
    mutants: ['expansion-books-only'],
    proves: { 'expansion.recover-from-failure': { smaller: ['failed', 'sized', 'grown', 'same-volume'] } },
    since: '1.32',
    gate: 'RecoverVolumeExpansionFailure',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const target = { kind: 'PersistentVolumeClaim', name: 'data' }
    const volume = volumeIn('writer', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    const before = await volume.readSize('before the expansion')

    await namespace.expand(target, sizes.beyondAll)
    await until(pvcs, expansionRefused({ pvc: 'data' }), { within: limits.pvcExpanded })
    // A resizer that is still recording its failure misses a change of the PVC until the next change.
    const refused = mark('the storage system refused')
    await expect(pvcs).toStay(expansionRefused({ pvc: 'data' }), { for: limits.staysUnchanged, after: refused, as: 'failed' })
    await namespace.expand(target, sizes.medium)
    await expect(pvcs).toReach(pvcSized({ pvc: 'data', size: sizes.medium }), { within: limits.pvcExpanded, as: 'sized' })

    const after = await volume.readSize('after the smaller expansion')
    await expect(history).toUphold(fileSystemGrew({ pvc: 'data', from: sizes.small, to: sizes.medium, before, after }), { as: 'grown' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
  },
)
