import { expect } from 'vitest'
import {
  conformance,
  csiDriver,
  foreignVolume,
  neverAttached,
  pod,
  podNotStarted,
  podScheduled,
  podWarned,
  pvc,
  pvcsBound,
  twoWorkers,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'csi/attach-skipped',
    statement:
      'Nobody makes a VolumeAttachment for a volume whose CSIDriver has attachRequired false: the kubelet asks the driver for it at once. With attachRequired true, the volume is to be attached first.',
    level: 'SHOULD',
    source: { page: 'https://kubernetes-csi.github.io/docs/skip-attach.html', section: '' },
    requires: [],
    mutants: ['attachment-required'],
    proves: { 'csi.attach-skipped': { none: ['mounted-at-once', 'never-attached'] } },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const own = namespace.name
    const [one] = twoWorkers(cluster)
    const pods = await observe.pods()
    const events = await observe.podEvents()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await observe.volumeAttachments()
    await observe.kind({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', plural: 'csidrivers', namespaced: false })
    const ours = await namespace.read({ kind: 'Namespace', name: own })
    const volume = async (name: string, { attachRequired }: { readonly attachRequired: boolean }) => {
      const driver = `${name}.${own}.holdfast.dev`
      await namespace.apply(csiDriver(driver, { attachRequired, namespace: ours }))
      const reservedFor = { namespace: own, name }
      await namespace.apply(foreignVolume(`${own}-${name}`, { driver, storageClass: '', size: sizes.small, reservedFor }))
      await namespace.apply(pvc(name, { cluster, size: sizes.small, storageClass: '', volume: `${own}-${name}` }))
    }
    await volume('skipping', { attachRequired: false })
    await volume('attaching', { attachRequired: true })
    await until(pvcs, pvcsBound({ pvcs: ['skipping', 'attaching'] }), { within: limits.pvcBound })

    await namespace.apply(pod('user-of-skipping', { cluster, pvc: 'skipping', node: one }))
    await namespace.apply(pod('user-of-attaching', { cluster, pvc: 'attaching', node: one }))
    await until(pods, podScheduled({ pod: 'user-of-attaching' }), { within: limits.podReady })
    const scheduled = mark('both Pods are on their node')
    await expect(pods).toStay(podNotStarted({ pod: 'user-of-attaching' }), { for: limits.staysUnchanged, after: scheduled })
    await expect(history).toUphold(neverAttached({ pvc: 'skipping', unlike: 'attaching' }), { as: 'never-attached' })

    // No such driver runs. That the kubelet misses it shows that it waits for no attachment.
    await expect(events).toReach(podWarned({ pod: 'user-of-skipping', by: 'kubelet' }), { within: limits.podReady, as: 'mounted-at-once' })
    await expect(history).toUphold(neverAttached({ pvc: 'skipping', unlike: 'attaching' }), { as: 'never-attached' })
  },
)
