import { expect } from 'vitest'
import {
  conformance,
  formattedOnce,
  measureFileSystem,
  notFormatted,
  pod,
  podGone,
  podReady,
  pvc,
  pvcsBound,
  treesEqual,
  twoWorkers,
  until,
  volumeAttached,
  volumeAttachment,
  volumeDetached,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'csi/formatted-once',
    statement:
      'A volume is formatted when it is first staged on a node: neither when it is made nor when it is attached. A Pod that mounts it later, on the same node or on another one, finds the same file system with its data.',
    level: 'MUST',
    source: { page: 'https://github.com/container-storage-interface/spec/blob/master/spec.md', section: 'nodestagevolume' },
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'MultipleNodes', 'MovableVolumes', 'VolumeAttachments', 'DriverCallLog'],
    mutants: ['deletes-under-retain'],
    proves: {
      'csi.format-first-use-only': {
        'first-use': ['not-when-made', 'not-when-attached', 'once'],
        'never-again': ['once', 'same-data'],
      },
      'csi.call-order': { 'formatted-when-staged': ['not-when-made', 'not-when-attached', 'once'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [here, there] = twoWorkers(cluster)
    const fixtures = { cluster, history, measure }
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    const attachments = await observe.volumeAttachments()
    const use = async (name: string, node: string) => {
      await namespace.apply(pod(name, { cluster, pvc: 'data', node }))
      await until(pods, podReady({ pod: name }), { within: limits.podReady })
    }
    const leave = async (name: string) => {
      await namespace.delete({ kind: 'Pod', name })
      await until(pods, podGone({ pod: name }), { within: limits.podDeleted })
      await until(attachments, volumeDetached({ pvc: 'data' }), { within: limits.attachmentAnswered })
    }
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await until(pvcs, pvcsBound({ pvcs: ['data'] }), { within: limits.pvcBound })

    const made = await measureFileSystem('once it was made', fixtures, 'data')
    const { name: volume } = await namespace.pvOf('data')
    const byHand = volumeAttachment(`${namespace.name}-unused`, { driver: cluster.driver, node: here, volume })
    await namespace.apply(byHand)
    await until(attachments, volumeAttached({ pvc: 'data', node: here }), { within: limits.attachmentAnswered })
    const attached = await measureFileSystem('while it was attached and unused', fixtures, 'data')
    await namespace.delete(byHand)
    await until(attachments, volumeDetached({ pvc: 'data' }), { within: limits.attachmentAnswered })
    await use('first', here)
    await volumeIn('first', { namespace, measure }).fill()
    const before = await volumeIn('first', { namespace, measure }).readTree('by the first Pod')
    const first = await measureFileSystem('while the first Pod used it', fixtures, 'data')
    await leave('first')
    await use('again', here)
    const sameNode = await volumeIn('again', { namespace, measure }).readTree('on the same node')
    const again = await measureFileSystem('while a Pod on the same node used it', fixtures, 'data')
    await leave('again')
    await use('elsewhere', there)
    const otherNode = await volumeIn('elsewhere', { namespace, measure }).readTree('on the other node')
    const elsewhere = await measureFileSystem('while a Pod on another node used it', fixtures, 'data')
    await leave('elsewhere')
    const after = await measureFileSystem('once nobody used it any more', fixtures, 'data')

    await expect(history).toUphold(notFormatted({ found: made }), { as: 'not-when-made' })
    await expect(history).toUphold(notFormatted({ found: attached }), { as: 'not-when-attached' })
    await expect(history).toUphold(formattedOnce({ found: [first, again, elsewhere, after] }), { as: 'once' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: sameNode }), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: otherNode }), { as: 'same-data' })
  },
)
