import { expect } from 'vitest'
import {
  conformance,
  crash,
  keepsItsVolume,
  logHoldsExactly,
  podReady,
  podRestarted,
  selectorOf,
  statefulSet,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/survives-container-crash',
    statement: 'Data on a PersistentVolume survives a container crash. The container restarts in the same Pod and finds all of its data.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'how-volumes-work' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-not-mounted'],
    proves: {
      'failure.container-crash-in-place': { 'same-pod': 'same-pod', soon: 'restarted', 'same-volume': ['same-volume', 'same-data'] },
    },
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
    const acknowledged = await volume.appendRecords('before the crash')
    const before = await volume.readTree('before the crash')

    await namespace.exec('web-0', crash)
    await expect(pods).toReach(podRestarted({ pod: 'web-0' }), { within: limits.containerRestarted, as: 'restarted' })

    const after = await volume.readTree('after the crash')
    const found = await volume.readRecords('after the crash')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'some' }), { as: 'same-pod' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volume' })
  },
)
