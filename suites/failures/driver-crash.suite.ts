import { expect } from 'vitest'
import {
  conformance,
  driverNotAsked,
  driverRegisteredAnew,
  measureDriverCalls,
  nodeOfPod,
  pod,
  podReady,
  publishedFor,
  pvc,
  readWrites,
  staysTheSamePod,
  until,
  volumeDetached,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/driver-crash',
    statement:
      'A Pod keeps writing while the CSI driver on its node and the controller of the driver are killed and replaced. Its container is not restarted, and its volume is not taken from it. Afterwards the volume can be mounted and unmounted as before.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'csi' },
    requires: ['DynamicProvisioning', 'VolumeAttachments', 'DriverCallLog', 'ComponentControl'],
    mutants: ['pods-crash-with-driver'],
    proves: {
      'csi.driver-restart-keeps-mounts': {
        writes: 'writes-on',
        'same-container': 'not-restarted',
        'not-taken': ['published', 'not-unpublished', 'not-unstaged'],
        controller: ['writes-on', 'not-restarted', 'not-unpublished'],
        'serves-again': ['mounted-later', 'unmounted-later'],
      },
    },
    disruptive: true,
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, components, observe, history, limits, cluster, mark, sizes } = fixtures
    const writer = writerIn('writer', fixtures, ['/data'])
    const pods = await observe.pods()
    const attachments = await observe.volumeAttachments()
    const drivers = await observe.csiNodes()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.start()
    const before = await writer.position('before the driver was killed')

    const node = await nodeOfPod(history, 'writer')
    await components.crashNodePlugin(node)
    await until(drivers, driverRegisteredAnew({ driver: cluster.driver, node }), { within: limits.componentBack })
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }), { as: 'not-restarted' })
    await components.crash('csi-hostpath')
    const served = mark('the driver serves again')
    await expect(pods).toStay(podReady({ pod: 'writer' }), { for: limits.staysUnchanged, after: served, as: 'not-restarted' })
    await namespace.apply(pod('reader', { cluster, pvc: 'data', beside: 'writer' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'mounted-later' })
    const after = await writer.stop('after a second Pod had mounted the volume')

    const found = await readWrites('reader', fixtures, '/data')
    const calls = await measureDriverCalls('while both Pods ran', fixtures, 'data')
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }), { as: 'not-restarted' })
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'writes-on' })
    await expect(history).toUphold(publishedFor({ calls, pod: 'writer' }), { as: 'published' })
    await expect(history).toUphold(driverNotAsked({ calls, method: 'NodeUnpublishVolume' }), { as: 'not-unpublished' })
    await expect(history).toUphold(driverNotAsked({ calls, method: 'NodeUnstageVolume' }), { as: 'not-unstaged' })
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await namespace.delete({ kind: 'Pod', name: 'reader' })
    await expect(attachments).toReach(volumeDetached({ pvc: 'data' }), { within: limits.attachmentAnswered, as: 'unmounted-later' })
  },
)
