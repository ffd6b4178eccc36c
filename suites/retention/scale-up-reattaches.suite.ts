import { expect } from 'vitest'
import {
  conformance,
  differentVolumes,
  keepsItsVolume,
  podReplaced,
  podsReady,
  selectorOf,
  statefulSet,
  together,
  treesEqual,
  until,
  volumeEmpty,
  volumeIn,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'retention/scale-up-reattaches',
    statement:
      'A Pod that returns when a StatefulSet is scaled up again gets the volume of its ordinal with its data. If its PVC was deleted, it starts with an empty volume.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'stable-storage' },
    requires: ['DynamicProvisioning'],
    mutants: ['pvcs-deleted-with-statefulset', 'volume-not-mounted'],
    proves: {
      'statefulset.sticky-storage': { same: ['same-volumes', 'own-data'], 'not-anothers': ['own-data', 'different-volumes'] },
      'statefulset.scale-down-keeps-pvc': { data: ['same-volumes', 'own-data'] },
      'statefulset.never-empty-volume': { kept: ['same-volumes', 'own-data'], 'pvc-deleted': 'empty' },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const web = statefulSet('web', { cluster, replicas: 4, data: sizes.small, podManagement: 'Parallel' })
    const [first, second, third] = [volumeIn('web-1', fixtures), volumeIn('web-2', fixtures), volumeIn('web-3', fixtures)]
    const pods = await observe.pods(selectorOf(web))
    const volumes = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 4 }), { within: limits.statefulSetReady })
    await first.fill()
    await second.fill()
    await third.fill()
    const ofFirst = await first.readTree('before scaling down')
    const ofSecond = await second.readTree('before scaling down')

    await namespace.scale(web, 1)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-3' }))
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data-web-3' })
    await until(volumes, volumeRemoved({ pvc: 'data-web-3' }), { within: limits.objectDeleted })
    await namespace.scale(web, 4)
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.statefulSetReady })
    await expect(pods).toReach(podReplaced({ pod: 'web-2' }), { within: limits.statefulSetReady })
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 4 }), { within: limits.statefulSetReady })

    const firstAgain = await first.readTree('after scaling up')
    const secondAgain = await second.readTree('after scaling up')
    const found = await third.readTree('after scaling up')
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }), { as: 'same-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-2' }), { as: 'same-volumes' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-web-1', 'data-web-2'] }), { as: 'different-volumes' })
    await expect(history).toUphold(treesEqual({ expected: ofFirst, actual: firstAgain }), { as: 'own-data' })
    await expect(history).toUphold(treesEqual({ expected: ofSecond, actual: secondAgain }), { as: 'own-data' })
    await expect(history).toUphold(volumeEmpty({ found }), { as: 'empty' })
  },
)
