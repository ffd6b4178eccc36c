import { expect } from 'vitest'
import {
  conformance,
  identityKept,
  logHoldsExactly,
  partUpgraded,
  podsReady,
  podsReplaced,
  premise,
  statefulSet,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'upgrade/drained-pods-return',
    statement:
      'When each node is drained before its kubelet is upgraded, the Pods of a StatefulSet are replaced by others of the same names on the same PVCs, which find every write that was acknowledged.',
    level: 'MUST',
    source: { page: 'tasks/administer-cluster/kubeadm/upgrading-linux-nodes/', section: 'drain-the-node' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'DrainedNodeUpgrade'],
    mutants: ['fsync-lies'],
    proves: { 'upgrade.drain-first': { replaced: ['ready-again', 'replaced'], 'same-pvcs': 'same-objects', data: 'same-records' } },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const [first, second] = [volumeIn('web-0', fixtures), volumeIn('web-1', fixtures)]
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(statefulSet('web', { cluster, replicas: 2, data: sizes.small }))
    const ready = podsReady({ statefulSet: 'web', replicas: 2 })
    await until(pods, ready, { within: limits.statefulSetReady })
    const ofFirst = await first.appendRecords('before the upgrade')
    const ofSecond = await second.appendRecords('before the upgrade')
    const was = await platform.state('before the upgrade')

    await platform.upgraded('whole')
    await premise(history, partUpgraded({ part: 'whole' }))
    await expect(pods).toReach(ready, { within: limits.afterCrash, as: 'ready-again' })
    const is = await platform.state('after the upgrade')

    const foundFirst = await first.readRecords('after the upgrade')
    const foundSecond = await second.readRecords('after the upgrade')
    await expect(history).toUphold(podsReplaced({ before: was, after: is, pods: ['web-0', 'web-1'] }), { as: 'replaced' })
    const kinds = ['StatefulSet', 'PersistentVolumeClaim', 'PersistentVolume']
    await expect(history).toUphold(identityKept({ before: was, after: is, kinds }), { as: 'same-objects' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: ofFirst, found: foundFirst }), { as: 'same-records' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: ofSecond, found: foundSecond }), { as: 'same-records' })
  },
)
