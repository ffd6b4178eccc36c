import { expect } from 'vitest'
import {
  conformance,
  differentVolumes,
  pod,
  podNotStarted,
  podReady,
  podUnschedulable,
  podWithPvcs,
  pvc,
  pvcHasClass,
  pvcPresent,
  pvcsBound,
  startsOnceBound,
  storedWith,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/pvc-in-same-namespace',
    statement:
      'A Pod can use only PVCs of its own namespace: a PVC with the same name in another namespace does not count. The Pod starts after all of its PVCs exist.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'claims-as-volumes' },
    requires: ['DynamicProvisioning'],
    mutants: ['pvc-replaced-by-scratch'],
    proves: {
      'pvc.cluster-and-namespace-scope': {
        pvcs: ['no-node', 'waits', 'starts', 'own-volumes'],
        volumes: 'volume-without-namespace',
        classes: 'same-class',
      },
      'volume.two-pvcs-one-pod': { bound: ['no-node', 'waits', 'starts', 'once-bound'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, additionalNamespace, sizes }) => {
    const elsewhere = additionalNamespace('b')
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await elsewhere.observe.pvcs())
    await observe.pvs()
    await elsewhere.observe.pvs()
    await namespace.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: elsewhere.namespace.name } })
    await namespace.apply(pvc('here', { cluster, size: sizes.small }))
    await elsewhere.namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await elsewhere.namespace.apply(pod('user', { cluster, pvc: 'data' }))
    await until(pvcs, pvcPresent({ pvc: 'here' }), { within: limits.pvcBound })
    await until(pvcs, pvcsBound({ pvcs: [elsewhere.nameOf('data')] }), { within: limits.pvcBound })

    await namespace.apply(podWithPvcs('reader', { cluster, pvcs: ['here', 'data'] }))
    await expect(pods).toReach(podUnschedulable({ pod: 'reader' }), { within: limits.podReady, as: 'no-node' })
    const refused = mark('no node for the Pod')
    await expect(pods).toStay(podNotStarted({ pod: 'reader' }), { for: limits.staysUnchanged, after: refused, as: 'waits' })
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'starts' })

    const { kind, name } = await namespace.pvOf('data')
    const { storageClass } = cluster
    await expect(history).toUphold(startsOnceBound({ pod: 'reader', pvcs: ['here', 'data'] }), { as: 'once-bound' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['here', 'data', elsewhere.nameOf('data')] }), { as: 'own-volumes' })
    await expect(history).toUphold(storedWith({ kind, name, path: ['metadata', 'namespace'], value: null }), {
      as: 'volume-without-namespace',
    })
    await expect(history).toUphold(pvcHasClass({ pvc: 'data', storageClass }), { as: 'same-class' })
    await expect(history).toUphold(pvcHasClass({ pvc: elsewhere.nameOf('data'), storageClass }), { as: 'same-class' })
  },
)
