import { expect } from 'vitest'
import {
  calledSince,
  conformance,
  fieldWrittenBy,
  measureDriverCalls,
  measureWriters,
  pod,
  podUnschedulable,
  provisionerAsked,
  pvc,
  pvcsBound,
  pvcsIn,
  storageClass,
} from '../../harness/index.ts'

conformance(
  {
    id: 'csi/provisioner-makes-pv',
    statement:
      'A controller of the control plane hands a PVC to the provisioner that its StorageClass names. Until that one answers, the PVC stays Pending, though the program of the driver runs. It is the provisioner beside the driver that makes the PersistentVolume. Nobody makes one for a class whose driver is not installed.',
    level: 'MUST',
    source: { page: 'https://kubernetes-csi.github.io/docs/external-provisioner.html', section: '' },
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'DriverCallLog', 'ComponentControl'],
    mutants: ['volume-made-by-hand', 'binding-mode-ignored'],
    proves: {
      'csi.driver-needed': { 'with-the-driver': 'bound' },
      'csi.pvc-controller-triggers': { hands: ['asked', 'asked-by-controller'], takes: ['waits', 'not-asked', 'bound'] },
      'csi.who-creates-pv': { sidecar: 'made-by-sidecar', alone: ['waits', 'not-asked'] },
    },
    pace: 'slow',
    disruptive: true,
  },
  async ({ namespace, components, observe, history, limits, cluster, measure, mark, sizes }) => {
    const annotation = ['metadata', 'annotations', 'volume.kubernetes.io/storage-provisioner']
    const absent = 'absent.holdfast.dev'
    const foreign = `${namespace.name}-absent`
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(storageClass(foreign, { cluster, provisioner: absent }))
    await components.pauseSidecar('csi-provisioner')

    await namespace.apply(pvc('one', { cluster, size: sizes.small }))
    await namespace.apply(pvc('two', { cluster, size: sizes.small }))
    await namespace.apply(pvc('three', { cluster, size: sizes.small }))
    await namespace.apply(pvc('foreign', { cluster, size: sizes.small, storageClass: foreign }))
    await namespace.apply(pod('waiting', { cluster, pvc: 'foreign' }))
    const asked = mark('the PVCs were made')
    const all = ['one', 'two', 'three']
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'one', provisioner: cluster.driver }), { within: limits.pvcBound, as: 'asked' })
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'two', provisioner: cluster.driver }), { within: limits.pvcBound, as: 'asked' })
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'three', provisioner: cluster.driver }), { within: limits.pvcBound, as: 'asked' })
    await expect(pvcs).toReach(provisionerAsked({ pvc: 'foreign', provisioner: absent }), { within: limits.pvcBound })
    await expect(pods).toReach(podUnschedulable({ pod: 'waiting' }), { within: limits.podReady })
    const writers = await measureWriters('while nobody answered', { namespace, measure }, { kind: 'PersistentVolumeClaim', name: 'one' })
    await expect(pvcs).toStay(pvcsIn({ pvcs: all, phase: 'Pending' }), { for: limits.staysUnchanged, after: asked, as: 'waits' })
    mark('the provisioner goes on')
    await components.resumeSidecar('csi-provisioner')
    await expect(pvcs).toReach(pvcsBound({ pvcs: all }), { within: limits.pvcBound, as: 'bound' })
    const bound = mark('the others are Bound')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['foreign'], phase: 'Pending' }), { for: limits.staysUnchanged, after: bound })

    const makers = await measureWriters('once it was Bound', { namespace, measure }, await namespace.pvOf('one'))
    const byController = { writers, path: annotation, manager: 'kube-controller-manager' }
    await expect(history).toUphold(fieldWrittenBy(byController), { as: 'asked-by-controller' })
    const calls = await measureDriverCalls('once it was Bound', { cluster, history, measure }, 'one')
    await expect(history).toUphold(calledSince({ calls, method: 'CreateVolume', mark: 'the provisioner goes on' }), { as: 'not-asked' })
    const bySidecar = { writers: makers, path: ['spec', 'csi', 'volumeHandle'], manager: 'csi-provisioner' }
    await expect(history).toUphold(fieldWrittenBy(bySidecar), { as: 'made-by-sidecar' })
  },
)
