import { expect } from 'vitest'
import {
  attachmentNameOf,
  conformance,
  containerWaiting,
  eventSeen,
  firstWarningIs,
  foreignVolume,
  pod,
  podNotStarted,
  podReady,
  podScheduled,
  pvc,
  pvcsBound,
  twoWorkers,
  until,
  volumeAttachment,
} from '../../harness/index.ts'

conformance(
  {
    id: 'diagnosis/attach-and-mount-events',
    statement:
      'A Pod whose volume is still attached to another node shows FailedAttachVolume first, and not FailedMount. FailedMount shows where a volume is attached and the CSI driver is missing on the node: the Pod stays in ContainerCreating.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments'],
    mutants: ['attach-warnings-renamed'],
    proves: {
      'trouble.multi-attach-event-name': { attach: ['attach-said', 'attach-first'], waits: 'second-waits' },
      'trouble.driver-missing-phase': { mount: ['mount-said', 'mount-first'], creating: ['creating', 'stays-creating'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const [one, other] = twoWorkers(cluster)
    const { name: own } = namespace
    const driver = 'absent.holdfast.example'
    const volume = foreignVolume(own, { storageClass: own, size: sizes.small, driver })
    // Somebody attached it already: what is missing is the driver on the node.
    const attached = volumeAttachment(attachmentNameOf({ volumeHandle: own, driver, node: one }), { driver, node: one, volume: own })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const events = await observe.events()
    await namespace.apply(volume)
    await namespace.apply(attached)
    await namespace.patchStatus(attached, { attached: true })
    await namespace.apply(pvc('foreign', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('first', { cluster, pvc: 'data', node: one }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })
    await until(pvcs, pvcsBound({ pvcs: ['foreign', 'data'] }), { within: limits.pvcBound })

    await namespace.apply(pod('second', { cluster, pvc: 'data', node: other }))
    await namespace.apply(pod('undriven', { cluster, pvc: 'foreign', node: one }))
    await until(pods, podScheduled({ pod: 'second' }), { within: limits.podReady })
    const attach = { kind: 'Pod', name: 'second', type: 'Warning', reason: 'FailedAttachVolume' } as const
    await expect(events).toReach(eventSeen(attach), { within: limits.podReady, as: 'attach-said' })
    await expect(pods).toReach(containerWaiting({ pod: 'undriven', reason: 'ContainerCreating' }), {
      within: limits.podReady,
      as: 'creating',
    })
    const unknown = `driver name ${driver} not found in the list of registered CSI drivers`
    const mount = { kind: 'Pod', name: 'undriven', type: 'Warning', reason: 'FailedMount', says: unknown } as const
    await expect(events).toReach(eventSeen(mount), { within: limits.podReady, as: 'mount-said' })
    const told = mark('both causes were told')
    await expect(pods).toStay(podNotStarted({ pod: 'second' }), { for: limits.staysUnchanged, after: told, as: 'second-waits' })
    const creating = containerWaiting({ pod: 'undriven', reason: 'ContainerCreating' })
    await expect(pods).toStay(creating, { for: limits.staysUnchanged, after: told, as: 'stays-creating' })

    const still = firstWarningIs({ ...attach, says: ['Multi-Attach error', 'Waiting for detach'] })
    await expect(history).toUphold(still, { as: 'attach-first' })
    await expect(history).toUphold(firstWarningIs({ ...mount, says: [unknown] }), { as: 'mount-first' })
  },
)
