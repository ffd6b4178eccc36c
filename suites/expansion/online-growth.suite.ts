import { expect } from 'vitest'
import {
  conformance,
  fileSystemGrew,
  growByHand,
  keepsItsVolume,
  podReady,
  pvcExpanded,
  requestDenied,
  selectorOf,
  statefulSet,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/online-growth',
    statement:
      'Increasing the request of a PVC in use grows its file system under the running Pod, without a restart, a command, a new volume or changed data. The container itself cannot grow it.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resizing-an-in-use-persistentvolumeclaim' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'EnforcedCapacity'],
    mutants: ['expansion-books-only'],
    proves: {
      'expansion.grow-by-editing-pvc': { grows: ['capacity', 'grown'], 'same-volume': 'same-volume', data: 'data-unchanged' },
      'expansion.pod-restart-required': { 'no-restart': ['grown', 'same-pod'] },
      'expansion.exec-resize2fs': { 'in-container': 'refused-in-container', 'by-itself': ['refused-in-container', 'grown'] },
    },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fill()
    const treeBefore = await volume.readTree('before the expansion')
    const sizeBefore = await volume.readSize('before the expansion')

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data-web-0' }, sizes.medium)
    const attempt = await growByHand('web-0', { namespace, measure }, 'resize2fs')
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data-web-0', to: sizes.medium }), { within: limits.pvcExpanded, as: 'capacity' })

    const sizeAfter = await volume.readSize('after the expansion')
    const treeAfter = await volume.readTree('after the expansion')
    await expect(history).toUphold(requestDenied({ attempt }), { as: 'refused-in-container' })
    await expect(history).toUphold(
      fileSystemGrew({ pvc: 'data-web-0', from: sizes.small, to: sizes.medium, before: sizeBefore, after: sizeAfter }),
      { as: 'grown' },
    )
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'none' }), { as: 'same-pod' })
    await expect(history).toUphold(treesEqual({ expected: treeBefore, actual: treeAfter }), { as: 'data-unchanged' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volume' })
  },
)
