import { expect } from 'vitest'
import { conformance, keepsItsVolume, pod, podNotStarted, podReady, podUnschedulable, pvc, until } from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/rwop-single-pod',
    statement:
      'Only one Pod in the cluster can use a ReadWriteOncePod volume. A second Pod stays Pending while the first exists, and starts after the first is gone.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'ReadWriteOncePod'],
    mutants: ['single-pod-widened'],
    proves: { 'access.rwop-single-pod': {} },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small, accessMode: 'ReadWriteOncePod' }))
    await namespace.apply(pod('first', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })

    await namespace.apply(pod('second', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podUnschedulable({ pod: 'second' }), { within: limits.podReady })
    const refused = mark('no node for the second Pod')
    await expect(pods).toStay(podNotStarted({ pod: 'second' }), { for: limits.staysUnchanged, after: refused })
    await namespace.delete({ kind: 'Pod', name: 'first' })
    await expect(pods).toReach(podReady({ pod: 'second' }), { within: limits.podReady })

    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }))
  },
)
