import { expect } from 'vitest'
import { conformance, pod, podAbsent, podReady, pvc, treesEqual, until, volumeIn, writesRefused } from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/read-only-mount',
    statement: 'A Pod that mounts its volume read-only can read all of its content and cannot write to it.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'read-only-mounts' },
    requires: ['DynamicProvisioning'],
    mutants: ['read-only-dropped'],
    proves: { 'volume.readonly-pvc': {} },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const written = volumeIn('writer', { namespace, measure })
    const mounted = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await written.fill()
    const before = await written.readTree('written')
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podAbsent({ pod: 'writer' }), { within: limits.podDeleted })

    await namespace.apply(pod('reader', { cluster, pvc: 'data', readOnly: true }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    const attempts = await mounted.tryToWrite('read-only')
    const after = await mounted.readTree('after the attempts')

    await expect(history).toUphold(writesRefused({ attempts }))
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
  },
)
