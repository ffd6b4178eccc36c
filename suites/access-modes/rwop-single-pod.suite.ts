import { expect } from 'vitest'
import {
  conformance,
  idlePod,
  keepsItsVolume,
  nodeOfPod,
  pod,
  podGone,
  podNotStarted,
  podReady,
  podUnschedulable,
  podWarned,
  pvc,
  runsAfter,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/rwop-single-pod',
    statement:
      'Only one Pod in the cluster can use a ReadWriteOncePod volume. The scheduler gives a second Pod no node, the kubelet starts none that bypasses the scheduler, and another Pod starts only after the containers of the first have ended.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'ReadWriteOncePod'],
    mutants: ['single-pod-widened'],
    proves: {
      'access.rwop-single-pod': {
        scheduler: ['no-node', 'not-scheduled', 'started-later'],
        kubelet: ['not-admitted', 'started-later'],
        succession: ['started-later', 'never-together'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const pods = await observe.pods()
    const events = await observe.podEvents()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small, accessMode: 'ReadWriteOncePod' }))
    await namespace.apply(pod('first', { cluster, pvc: 'data', termination: 'after-a-while' }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })

    await namespace.apply(pod('second', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podUnschedulable({ pod: 'second' }), { within: limits.podReady, as: 'no-node' })
    // The nodes have room: a Pod of the same size without the volume is not kept waiting.
    await namespace.apply(idlePod('neighbour', { cluster }))
    await until(pods, podReady({ pod: 'neighbour' }), { within: limits.podReady })
    await namespace.apply(pod('sent', { cluster, pvc: 'data', nodeName: await nodeOfPod(history, 'first') }))
    await until(events, podWarned({ pod: 'sent', by: 'kubelet' }), { within: limits.podReady })
    const refused = mark('neither is let in')
    await expect(pods).toStay(podNotStarted({ pod: 'second' }), { for: limits.staysUnchanged, after: refused, as: 'not-scheduled' })
    await expect(pods).toStay(podNotStarted({ pod: 'sent' }), { for: limits.staysUnchanged, after: refused, as: 'not-admitted' })
    await namespace.delete({ kind: 'Pod', name: 'sent' })
    await until(pods, podGone({ pod: 'sent' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'Pod', name: 'first' })
    await expect(pods).toReach(podReady({ pod: 'second' }), { within: limits.podReady, as: 'started-later' })

    await expect(history).toUphold(runsAfter({ first: 'first', second: 'second' }), { as: 'never-together' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }))
  },
)
