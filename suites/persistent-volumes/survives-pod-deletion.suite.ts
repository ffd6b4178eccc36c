import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  logHoldsExactly,
  podReady,
  podReplaced,
  selectorOf,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/survives-pod-deletion',
    statement:
      'A PersistentVolume outlives the Pods that use it. The Pod that replaces a deleted one gets the same volume with the same data.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'introduction' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-not-mounted'],
    proves: {
      'statefulset.sticky-storage': { same: ['files', 'same-volume'] },
      'pod.pvc-data-survives-recreate': { files: ['files', 'records', 'same-volume'] },
      'failure.pod-recreated-automatically': { replaced: 'replaced', data: ['files', 'records', 'same-volume'] },
    },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fill()
    const acknowledged = await volume.appendRecords('before the deletion')
    const before = await volume.readTree('before the deletion')

    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady, as: 'replaced' })

    const after = await volume.readTree('after the deletion')
    const found = await volume.readRecords('after the deletion')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'files' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'records' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volume' })
  },
)
