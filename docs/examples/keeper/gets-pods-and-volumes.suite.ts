import { conformance, differentVolumes, expect, keepsItsVolume, podsReady } from 'holdfast/harness'
import { installKeeper, selectorOfStore, store } from './keeper.ts'
import { storeReports } from './store.check.ts'

conformance(
  {
    id: 'keeper/gets-pods-and-volumes',
    statement: 'A store gets as many Pods as it asks for, each with a volume of its own, and Keeper says in the store how many are Ready.',
    level: 'MUST',
    source: { page: 'https://keeper.example.com/manual/', section: 'stores' },
    requires: ['DynamicProvisioning'],
    proves: { 'keeper.pods-and-volumes': { pods: 'all-ready', volumes: ['different', 'kept'], told: 'told' } },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, sizes, cluster }) => {
    const pods = await observe.pods(selectorOfStore('shop'))
    const stores = await observe.configMaps()
    await observe.pvcs()
    await observe.pvs()

    await installKeeper({ namespace, cluster })
    await namespace.apply(store('shop', { replicas: 2, size: sizes.small, cluster }))

    await expect(pods).toReach(podsReady({ statefulSet: 'shop', replicas: 2 }), { within: limits.statefulSetReady, as: 'all-ready' })
    await expect(stores).toReach(storeReports({ store: 'shop', ready: 2 }), { within: limits.podReady, as: 'told' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-shop-0', 'data-shop-1'] }), { as: 'different' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-shop-0' }), { as: 'kept' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-shop-1' }), { as: 'kept' })
  },
)
