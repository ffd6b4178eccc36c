import { expect } from 'vitest'
import {
  conformance,
  fileSystemGrew,
  keepsItsVolume,
  podReady,
  pvcExpanded,
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
      'Increasing the request of a PVC in use grows its file system under the running Pod, without a restart, a new volume or changed data.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resizing-an-in-use-persistentvolumeclaim' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'EnforcedCapacity'],
    mutants: ['expansion-books-only'],
    proves: { 'expansion.grow-by-editing-pvc': {}, 'expansion.pod-restart-required': {}, 'expansion.exec-resize2fs': {} },
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
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data-web-0', to: sizes.medium }), { within: limits.pvcExpanded })

    const sizeAfter = await volume.readSize('after the expansion')
    const treeAfter = await volume.readTree('after the expansion')
    await expect(history).toUphold(
      fileSystemGrew({ pvc: 'data-web-0', from: sizes.small, to: sizes.medium, before: sizeBefore, after: sizeAfter }),
    )
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'none' }))
    await expect(history).toUphold(treesEqual({ expected: treeBefore, actual: treeAfter }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }))
  },
)
