import { conformance, expect, keepsItsVolume, podsReady, staysTheSamePod, until } from 'holdfast/harness'
import { installKeeper, selectorOfStore, store } from './keeper.ts'

conformance(
  {
    id: 'keeper/grows-in-place',
    statement: 'A store that asks for more Pods gets them, and the Pods that it has are neither replaced nor restarted.',
    level: 'SHOULD',
    source: { page: 'https://keeper.example.com/manual/', section: 'growing-a-store' },
    requires: ['DynamicProvisioning'],
    proves: { 'keeper.grows-in-place': { added: 'all-ready', kept: ['same-pods', 'same-volume'] } },
  },
  async ({ namespace, observe, history, limits, sizes, cluster }) => {
    const pods = await observe.pods(selectorOfStore('shop'))
    await observe.pvcs()
    await observe.pvs()
    await installKeeper({ namespace, cluster })
    await namespace.apply(store('shop', { replicas: 2, size: sizes.small, cluster }))
    await until(pods, podsReady({ statefulSet: 'shop', replicas: 2 }), { within: limits.statefulSetReady })

    await namespace.apply(store('shop', { replicas: 3, size: sizes.small, cluster }))
    await expect(pods).toReach(podsReady({ statefulSet: 'shop', replicas: 3 }), { within: limits.statefulSetReady, as: 'all-ready' })

    await expect(history).toUphold(staysTheSamePod({ pod: 'shop-0', restarts: 'none' }), { as: 'same-pods' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'shop-1', restarts: 'none' }), { as: 'same-pods' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-shop-0' }), { as: 'same-volume' })
  },
)
