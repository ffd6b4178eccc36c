import { expect } from 'vitest'
import {
  conformance,
  identityKept,
  logHoldsExactly,
  partUpgraded,
  podsReady,
  premise,
  pvc,
  pvcsBound,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'upgrade/state-survives',
    statement:
      'When the platform is upgraded, each StatefulSet, each PVC of every access mode and volume mode, and each volume is the one that it was, no acknowledged write is lost, and the StatefulSet can be scaled as before.',
    level: 'MUST',
    source: { page: 'tasks/administer-cluster/cluster-upgrade/', section: 'upgrade-approaches' },
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'BlockVolumes', 'ReadWriteMany', 'ReadWriteOncePod', 'PlatformUpgrade'],
    mutants: ['fsync-lies'],
    proves: {
      'upgrade.state-kept': { objects: 'same-objects', data: ['same-files', 'same-records'], serves: ['ready-again', 'scaled'] },
    },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const [first, second, alone] = [volumeIn('web-0', fixtures), volumeIn('web-1', fixtures), volumeIn('alone-0', fixtures)]
    const web = statefulSet('web', { cluster, replicas: 2, data: sizes.small })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    const size = sizes.small
    await namespace.apply(pvc('many', { cluster, size, accessMode: 'ReadWriteMany' }))
    await namespace.apply(pvc('raw', { cluster, size, volumeMode: 'Block' }))
    // A StatefulSet takes a PVC that is there already, whatever its access mode.
    await namespace.apply(pvc('data-alone-0', { cluster, size, accessMode: 'ReadWriteOncePod' }))
    await namespace.apply(statefulSet('alone', { cluster, replicas: 1, data: size }))
    await namespace.apply(web)
    const ready = podsReady({ statefulSet: 'web', replicas: 2 })
    const readyAlone = podsReady({ statefulSet: 'alone', replicas: 1 })
    await until(pods, ready, { within: limits.statefulSetReady })
    await until(pods, readyAlone, { within: limits.statefulSetReady })
    await until(pvcs, pvcsBound({ pvcs: ['many', 'raw'] }), { within: limits.pvcBound })
    await first.fill()
    const files = await first.readTree('before the upgrade')
    const records = await second.appendRecords('before the upgrade')
    const ofAlone = await alone.appendRecords('before the upgrade')
    const was = await platform.state('before the upgrade')

    await platform.upgraded('whole')
    await premise(history, partUpgraded({ part: 'whole' }))
    await expect(pods).toReach(ready, { within: limits.afterCrash, as: 'ready-again' })
    await expect(pods).toReach(readyAlone, { within: limits.afterCrash, as: 'ready-again' })
    const is = await platform.state('after the upgrade')

    const kinds = ['StatefulSet', 'PersistentVolumeClaim', 'PersistentVolume']
    await expect(history).toUphold(identityKept({ before: was, after: is, kinds }), { as: 'same-objects' })
    const actual = await first.readTree('after the upgrade')
    const found = await second.readRecords('after the upgrade')
    const foundAlone = await alone.readRecords('after the upgrade')
    await expect(history).toUphold(treesEqual({ expected: files, actual }), { as: 'same-files' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: records, found }), { as: 'same-records' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged: ofAlone, found: foundAlone }), { as: 'same-records' })
    await namespace.scale(web, 3)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetScaled, as: 'scaled' })
  },
)
