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
    id: 'persistent-volumes/fsynced-survives-power-cut',
    statement:
      'Data that a Pod was told to be durable survives a loss of power: the Pod that comes back finds every record acknowledged to it.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'PowerCut'],
    mutants: ['fsync-lies'],
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: '320Mi' })
    const volume = volumeIn('web-0', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fill()
    const acknowledged = await volume.appendRecords('before the cut')
    const before = await volume.readTree('before the cut')

    await namespace.cutPower('data-web-0', 'web-0')
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady })

    const found = await volume.readRecords('after the cut')
    const after = await volume.readTree('after the cut')
    expect(history).toUphold(logHoldsExactly({ acknowledged, found }))
    expect(history).toUphold(treesEqual({ expected: before, actual: after }))
    expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }))
  },
)
