import { expect } from 'vitest'
import { conformance, differentVolumes, pod, podGone, podReady, pvc, treesEqual, until, volumeIn } from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/clone-equals-source',
    statement:
      'A cloned PVC has exactly the content of its source, in a volume of its own. Writing to the clone does not change the source.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-pvc-datasource/', section: 'usage' },
    requires: ['DynamicProvisioning', 'VolumeCloning'],
    mutants: ['restore-shares-source'],
    proves: { 'datasource.pvc-clone': { 'same-content': 'same-content', 'of-its-own': ['own-volume', 'source-unchanged'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const source = volumeIn('writer', { namespace, measure })
    const copy = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before it was cloned')
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })

    await namespace.apply(pvc('copy', { cluster, size: sizes.small, fromPvc: 'source' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'copy' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    const cloned = await copy.readTree('cloned')
    await copy.change()
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })

    const after = await source.readTree('after writes to the clone')
    await expect(history).toUphold(treesEqual({ expected: before, actual: cloned }), { as: 'same-content' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'source-unchanged' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['source', 'copy'] }), { as: 'own-volume' })
  },
)
