import {
  conformance,
  expect,
  keepsItsVolume,
  logHoldsExactly,
  podsReady,
  pvcsBound,
  statefulSetGone,
  treesEqual,
  until,
  volumeIn,
} from 'holdfast/harness'
import { installKeeper, selectorOfStore, store } from './keeper.ts'
import { belongsToStore } from './store.check.ts'

conformance(
  {
    id: 'keeper/volumes-outlive-store',
    statement: 'A store that is deleted takes its Pods along and leaves their volumes. A store of the same name gets them with their data.',
    level: 'MUST',
    source: { page: 'https://keeper.example.com/manual/', section: 'deleting-a-store' },
    requires: ['DynamicProvisioning'],
    proves: {
      'keeper.volumes-outlive-store': {
        pods: ['pods-gone', 'belongs'],
        volumes: ['stay-bound', 'same-volume'],
        data: ['files', 'records'],
      },
    },
  },
  async ({ namespace, observe, history, limits, sizes, cluster, mark, measure }) => {
    const shop = store('shop', { replicas: 2, size: sizes.small, cluster })
    const volume = volumeIn('shop-0', { namespace, measure })
    const pods = await observe.pods(selectorOfStore('shop'))
    const sets = await observe.statefulSets()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await installKeeper({ namespace, cluster })
    await namespace.apply(shop)
    await until(pods, podsReady({ statefulSet: 'shop', replicas: 2 }), { within: limits.statefulSetReady })
    await volume.fill()
    const acknowledged = await volume.appendRecords('before the deletion')
    const before = await volume.readTree('before the deletion')

    await namespace.delete({ kind: 'ConfigMap', name: 'shop' })
    await expect(pods).toReach(podsReady({ statefulSet: 'shop', replicas: 0 }), { within: limits.podDeleted, as: 'pods-gone' })
    await until(sets, statefulSetGone({ statefulSet: 'shop' }), { within: limits.objectDeleted })
    const gone = mark('the Pods are gone')
    const bound = pvcsBound({ pvcs: ['data-shop-0', 'data-shop-1'] })
    await expect(pvcs).toStay(bound, { for: limits.staysUnchanged, after: gone, as: 'stay-bound' })
    await namespace.apply(shop)
    await until(pods, podsReady({ statefulSet: 'shop', replicas: 2 }), { within: limits.statefulSetReady })

    const after = await volume.readTree('after the deletion')
    const found = await volume.readRecords('after the deletion')
    await expect(history).toUphold(belongsToStore({ store: 'shop' }), { as: 'belongs' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-shop-0' }), { as: 'same-volume' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-shop-1' }), { as: 'same-volume' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'files' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'records' })
  },
)
