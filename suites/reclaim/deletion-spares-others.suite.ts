import { expect } from 'vitest'
import {
  allReady,
  conformance,
  namespaceGone,
  pod,
  podReady,
  pvc,
  together,
  treesEqual,
  until,
  volumeDetached,
  volumeIn,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'reclaim/deletion-spares-others',
    statement:
      'Deleting a PVC, or a whole namespace, removes the volumes of those PVCs only. All other volumes keep their data, in use or not, in the same namespace or another.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'delete' },
    requires: ['DynamicProvisioning', 'VolumeAttachments'],
    mutants: ['deletion-spreads'],
    proves: {
      'reclaim.delete-removes-backing': { 'no-other': ['removed', 'spared', 'in-use-spared', 'namespace-mate-spared'] },
      'reclaim.namespace-deletion': { 'no-other': ['namespace-gone', 'mate-removed', 'idle-kept', 'in-use-kept'] },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, additionalNamespace, history, limits, cluster, measure, sizes }) => {
    const doomed = additionalNamespace('doomed')
    const [at, inDoomed] = [(name: string) => volumeIn(name, { namespace, measure }), (name: string) => volumeIn(name, doomed)]
    const pods = await observe.pods()
    await observe.pvcs()
    const attachments = await observe.volumeAttachments()
    await doomed.namespace.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: doomed.namespace.name } })
    const namespaces = await doomed.observe.namespaces()
    const podsThere = await doomed.observe.pods()
    const volumesThere = together(await doomed.observe.pvcs(), await doomed.observe.pvs())
    const attachmentsThere = await doomed.observe.volumeAttachments()
    await namespace.apply(pvc('idle', { cluster, size: sizes.small }))
    await namespace.apply(pvc('used', { cluster, size: sizes.small }))
    await doomed.namespace.apply(pvc('deleted', { cluster, size: sizes.small }))
    await doomed.namespace.apply(pvc('mate', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'idle' }))
    await namespace.apply(pod('user', { cluster, pvc: 'used' }))
    await doomed.namespace.apply(pod('writer', { cluster, pvc: 'mate' }))
    await doomed.namespace.apply(pod('holder', { cluster, pvc: 'deleted' }))
    await until(pods, allReady({ pods: ['writer', 'user'] }), { within: limits.podReady })
    await until(podsThere, allReady({ pods: [doomed.nameOf('writer'), doomed.nameOf('holder')] }), { within: limits.podReady })
    await at('writer').fill()
    await at('user').fill()
    await inDoomed('writer').fill()
    const label = 'before anything was deleted'
    const [idle, used] = [await at('writer').readTree(label), await at('user').readTree(label)]
    const mate = await inDoomed('writer').readTree('in the other namespace, before anything was deleted')
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await doomed.namespace.delete({ kind: 'Pod', name: 'writer' })
    await doomed.namespace.delete({ kind: 'Pod', name: 'holder' })
    await until(attachments, volumeDetached({ pvc: 'idle' }), { within: limits.attachmentAnswered })
    await until(attachmentsThere, volumeDetached({ pvc: doomed.nameOf('mate') }), { within: limits.attachmentAnswered })
    await until(attachmentsThere, volumeDetached({ pvc: doomed.nameOf('deleted') }), { within: limits.attachmentAnswered })

    await doomed.namespace.delete({ kind: 'PersistentVolumeClaim', name: 'deleted' })
    await expect(volumesThere).toReach(volumeRemoved({ pvc: doomed.nameOf('deleted') }), { within: limits.objectDeleted, as: 'removed' })
    await namespace.apply(pod('reader', { cluster, pvc: 'idle' }))
    await doomed.namespace.apply(pod('reader', { cluster, pvc: 'mate' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    await expect(podsThere).toReach(podReady({ pod: doomed.nameOf('reader') }), { within: limits.podReady })
    const idleAfter = await at('reader').readTree('once a PVC was deleted')
    const mateAfter = await inDoomed('reader').readTree('in the other namespace, once a PVC was deleted')
    const usedAfter = await at('user').readTree('once a PVC was deleted')
    await expect(history).toUphold(treesEqual({ expected: idle, actual: idleAfter }), { as: 'spared' })
    await expect(history).toUphold(treesEqual({ expected: mate, actual: mateAfter }), { as: 'namespace-mate-spared' })
    await expect(history).toUphold(treesEqual({ expected: used, actual: usedAfter }), { as: 'in-use-spared' })
    await namespace.delete({ kind: 'Pod', name: 'reader' })
    await until(attachments, volumeDetached({ pvc: 'idle' }), { within: limits.attachmentAnswered })
    await doomed.namespace.delete({ kind: 'Namespace', name: doomed.namespace.name })
    await expect(namespaces).toReach(namespaceGone({ namespace: doomed.namespace.name }), {
      within: limits.namespaceDestroyed,
      as: 'namespace-gone',
    })
    await expect(volumesThere).toReach(volumeRemoved({ pvc: doomed.nameOf('mate') }), { within: limits.objectDeleted, as: 'mate-removed' })

    await namespace.apply(pod('last-reader', { cluster, pvc: 'idle' }))
    await expect(pods).toReach(podReady({ pod: 'last-reader' }), { within: limits.podReady, as: 'idle-kept' })
    const idleLater = await at('last-reader').readTree('once a namespace was deleted')
    const usedLater = await at('user').readTree('once a namespace was deleted')
    await expect(history).toUphold(treesEqual({ expected: idle, actual: idleLater }), { as: 'idle-kept' })
    await expect(history).toUphold(treesEqual({ expected: used, actual: usedLater }), { as: 'in-use-kept' })
  },
)
