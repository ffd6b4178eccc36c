import { expect } from 'vitest'
import { capacityEnforced, capacityStays, conformance, pod, podReady, pvc, until, volumeIn } from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/capacity-enforced',
    statement: 'A volume has about the capacity that its PersistentVolume states. Writes beyond it are refused.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'capacity' },
    requires: ['DynamicProvisioning', 'EnforcedCapacity'],
    mutants: ['size-not-enforced'],
    proves: { 'volume.capacity-enforced': { has: ['filled', 'as-stated'], refuses: 'filled' } },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const volume = volumeIn('writer', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.medium }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })

    const filled = await volume.fillUp('until it was full', { atMost: sizes.beyondMedium })

    await expect(history).toUphold(capacityStays({ pvc: 'data', capacity: sizes.medium }), { as: 'as-stated' })
    await expect(history).toUphold(capacityEnforced({ pvc: 'data', filled }), { as: 'filled' })
  },
)
