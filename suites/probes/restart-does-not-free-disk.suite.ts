import { expect } from 'vitest'
import {
  conformance,
  crash,
  deleteFilling,
  keepsItsVolume,
  podReady,
  podReplaced,
  podRestarted,
  pvcExpanded,
  requestDenied,
  requestDone,
  selectorOf,
  statefulSet,
  tryToStore,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'probes/restart-does-not-free-disk',
    statement:
      'A full volume is as full after a container restart, and in the Pod that replaces the first. Expanding it makes room, and so does deleting files.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'expanding-persistent-volumes-claims' },
    requires: ['DynamicProvisioning', 'EnforcedCapacity', 'VolumeExpansion', 'OnlineExpansion'],
    mutants: ['size-not-enforced', 'expansion-books-only'],
    proves: {
      'probe.restart-does-not-free-disk': {
        restart: ['full', 'restarted', 'full-after-restart'],
        replaced: ['full', 'replaced', 'full-in-next-pod', 'same-volume'],
        expansion: ['expanded', 'room-by-expansion'],
        deletion: ['full-again', 'room-by-deletion'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fillUp('until it was full', { atMost: sizes.beyondMedium })
    const full = await tryToStore('web-0', { namespace, measure }, 'store 8 MiB once the volume is full')

    await namespace.exec('web-0', crash)
    await expect(pods).toReach(podRestarted({ pod: 'web-0' }), { within: limits.containerRestarted, as: 'restarted' })
    const restarted = await tryToStore('web-0', { namespace, measure }, 'store 8 MiB after the container restart')
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady, as: 'replaced' })
    const replaced = await tryToStore('web-0', { namespace, measure }, 'store 8 MiB in the next Pod')
    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data-web-0' }, sizes.medium)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data-web-0', to: sizes.medium }), { within: limits.pvcExpanded, as: 'expanded' })
    const expanded = await tryToStore('web-0', { namespace, measure }, 'store 8 MiB after the expansion')
    await volume.fillUp('until it was full again', { atMost: sizes.beyondMedium })
    const again = await tryToStore('web-0', { namespace, measure }, 'store 8 MiB once it is full again')
    await namespace.exec('web-0', deleteFilling)
    const deleted = await tryToStore('web-0', { namespace, measure }, 'store 8 MiB after files were deleted')

    await expect(history).toUphold(requestDenied({ attempt: full }), { as: 'full' })
    await expect(history).toUphold(requestDenied({ attempt: restarted }), { as: 'full-after-restart' })
    await expect(history).toUphold(requestDenied({ attempt: replaced }), { as: 'full-in-next-pod' })
    await expect(history).toUphold(requestDone({ attempt: expanded }), { as: 'room-by-expansion' })
    await expect(history).toUphold(requestDenied({ attempt: again }), { as: 'full-again' })
    await expect(history).toUphold(requestDone({ attempt: deleted }), { as: 'room-by-deletion' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volume' })
  },
)
