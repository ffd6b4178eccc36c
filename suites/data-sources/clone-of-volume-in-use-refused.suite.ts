import { expect } from 'vitest'
import {
  allReady,
  conformance,
  phasesAre,
  pod,
  podReady,
  pvc,
  pvcPending,
  pvcWarned,
  pvcsBound,
  storageClass,
  until,
  volumeDetached,
} from '../../harness/index.ts'

conformance(
  {
    id: 'data-sources/clone-of-volume-in-use-refused',
    statement:
      'Whether a volume in use can be cloned is up to the driver. Where it refuses, the PVC stays Pending with a warning, and is Bound once the source is not in use any more.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volume-pvc-datasource/', section: 'introduction' },
    // Our driver refuses it for a class that says so.
    requires: ['DynamicProvisioning', 'VolumeCloning', 'DriverFaults'],
    mutants: ['data-source-forgotten'],
    proves: { 'datasource.clone-of-in-use': { refused: ['unused-cloned', 'reported', 'waits', 'once-unused'] } },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const own = namespace.name
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    const events = await observe.pvcEvents()
    const attachments = await observe.volumeAttachments()
    await namespace.apply(storageClass(own, { cluster, parameters: { clones: 'unused' } }))
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pvc('idle', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await namespace.apply(pod('visitor', { cluster, pvc: 'idle' }))
    await until(pods, allReady({ pods: ['writer', 'visitor'] }), { within: limits.podReady })
    await namespace.delete({ kind: 'Pod', name: 'visitor' })
    await until(attachments, volumeDetached({ pvc: 'idle' }), { within: limits.attachmentAnswered })

    await namespace.apply(pvc('copy', { cluster, size: sizes.small, storageClass: own, fromPvc: 'source' }))
    await namespace.apply(pvc('copy-of-idle', { cluster, size: sizes.small, storageClass: own, fromPvc: 'idle' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'copy' }))
    await namespace.apply(pod('control', { cluster, pvc: 'copy-of-idle' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['copy-of-idle'] }), { within: limits.pvcBound, as: 'unused-cloned' })
    await expect(history).toUphold(phasesAre({ pvc: 'copy', phases: ['Pending'] }), { as: 'waits' })
    await expect(events).toReach(pvcWarned({ pvc: 'copy', by: cluster.driver }), { within: limits.pvcBound, as: 'reported' })
    const refused = mark('refused')
    await expect(pvcs).toStay(pvcPending({ pvc: 'copy' }), { for: limits.staysUnchanged, after: refused, as: 'waits' })
    await namespace.delete({ kind: 'Pod', name: 'writer' })

    await expect(pvcs).toReach(pvcsBound({ pvcs: ['copy'] }), { within: limits.pvcBound, as: 'once-unused' })
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
  },
)
