import { expect } from 'vitest'
import {
  pvcBoundToPv,
  conformance,
  leavesItsVolume,
  localVolume,
  pod,
  podNotStarted,
  podReady,
  podUnschedulable,
  pvc,
  pvcsBound,
  requestRefused,
  storedWith,
  twoWorkers,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/local-volume-node-affinity',
    statement:
      'A local PersistentVolume without node affinity is refused. A Pod that uses it runs on its node, and a Pod that must run on another node does not start.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volumes/', section: 'local' },
    requires: ['MultipleNodes'],
    mutants: ['pvc-replaced-by-scratch'],
    proves: {
      'volume.local-pv': { 'must-carry': 'refused-without', binds: ['no-other-node', 'not-started-there', 'started-here', 'on-its-node'] },
      'access.rwo-second-node-blocked': { 'by-affinity': ['started-here', 'no-other-node', 'not-started-there', 'bound'] },
      'pvc.static-binding': { bound: 'bound' },
      'pvc.follows-pod-to-other-node': {
        'stays-away': ['no-other-node', 'not-started-there'],
        'on-its-node': ['on-its-node', 'started-here'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const [one, other] = twoWorkers(cluster)
    const own = namespace.name
    // Every node has this directory. Nothing is written to it.
    const everywhere = { storageClass: own, size: sizes.small, path: '/var/tmp' }
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()

    await namespace.attempt.apply(localVolume(`${own}-anywhere`, everywhere))
    await namespace.apply(localVolume(`${own}-here`, { ...everywhere, node: one }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: own }))
    await until(pvcs, pvcsBound({ pvcs: ['data'] }), { within: limits.pvcBound })
    await namespace.apply(pod('there', { cluster, pvc: 'data', node: other, runAs: leavesItsVolume }))
    await expect(pods).toReach(podUnschedulable({ pod: 'there' }), { within: limits.podReady, as: 'no-other-node' })
    const refused = mark('no node for the Pod')
    await namespace.apply(pod('here', { cluster, pvc: 'data', runAs: leavesItsVolume }))
    await expect(pods).toReach(podReady({ pod: 'here' }), { within: limits.podReady, as: 'started-here' })
    await expect(pods).toStay(podNotStarted({ pod: 'there' }), { for: limits.staysUnchanged, after: refused, as: 'not-started-there' })

    await expect(history).toUphold(
      requestRefused({ verb: 'apply', kind: 'PersistentVolume', name: `${own}-anywhere`, code: 422, fields: ['spec.nodeAffinity'] }),
      {
        as: 'refused-without',
      },
    )
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'data', volume: `${own}-here` }), { as: 'bound' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'here', path: ['spec', 'nodeName'], value: one }), { as: 'on-its-node' })
  },
)
