import { expect } from 'vitest'
import {
  pvcBoundToPv,
  conformance,
  directoryVolume,
  allReady,
  emptied,
  pod,
  podGone,
  podReady,
  premise,
  pvc,
  storedWith,
  together,
  treesEqual,
  twoWorkers,
  until,
  volumeEmpty,
  volumeIn,
  volumeRemoved,
  writesDone,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/host-path-is-node-local',
    statement:
      'A hostPath PersistentVolume is a directory of whatever node its Pod is on. Pods on two nodes use a ReadWriteOnce one at once, each with files of its own. They stay when PVC and PersistentVolume are deleted, and a new ReadOnlyMany one lets them be written.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'hostpath' },
    requires: ['MultipleNodes'],
    mutants: ['volume-not-mounted'],
    proves: {
      'volume.hostpath-not-shared': { 'one-node': ['on-both-nodes', 'empty-elsewhere', 'kept-there'] },
      'access.rwo-second-node-blocked': { unguarded: ['on-both-nodes', 'same-pvc'] },
      'access.mode-is-not-write-protection': { writable: ['only-for-reading', 'written'] },
      'reclaim.static-pv-object-vs-data': { 'files-stay': ['objects-gone', 'kept-there'] },
      'pvc.static-binding': { bound: 'same-pvc' },
    },
    podSecurity: { level: 'baseline', why: 'A directory of a node belongs to root, and fsGroup does not change that.' },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [one, other] = twoWorkers(cluster)
    const options = { storageClass: namespace.name, size: sizes.small }
    const modes = ['spec', 'accessModes']
    const volume = directoryVolume(`${namespace.name}-files`, options)
    const dataPvc = pvc('data', { cluster, ...options })
    const written = volumeIn('writer', { namespace, measure })
    const seen = volumeIn('visitor', { namespace, measure })
    const found = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const volumes = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(volume)
    await namespace.apply(dataPvc)
    await namespace.apply(pod('writer', { cluster, pvc: 'data', node: one }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await written.populate({ files: 8, bytes: '1Mi' })
    const before = await written.readTree('on the first node')
    await expect(history).toUphold(pvcBoundToPv({ pvc: 'data', volume: volume.metadata.name }), { as: 'same-pvc' })

    await namespace.apply(pod('visitor', { cluster, pvc: 'data', node: other }))
    await expect(pods).toReach(allReady({ pods: ['writer', 'visitor'] }), { within: limits.podReady, as: 'on-both-nodes' })
    const elsewhere = await seen.readTree('on the second node')
    await premise(history, storedWith({ kind: 'PersistentVolumeClaim', name: 'data', path: modes, value: ['ReadWriteOnce'] }))
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await namespace.delete({ kind: 'Pod', name: 'visitor' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'visitor' }), { within: limits.podDeleted })
    await namespace.delete(dataPvc)
    await namespace.delete(volume)
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data' }), { within: limits.objectDeleted, as: 'objects-gone' })
    await namespace.apply(directoryVolume(volume.metadata.name, { ...options, accessMode: 'ReadOnlyMany' }))
    await namespace.apply(pvc('data', { cluster, ...options, accessMode: 'ReadOnlyMany' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'data', node: one }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await found.readTree('by other objects on the first node')
    const attempts = await found.tryToWrite('by the mode for reading')
    await namespace.exec('reader', emptied('/data'))
    const onlyReading = { path: modes, value: ['ReadOnlyMany'] }
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'kept-there' })
    await expect(history).toUphold(volumeEmpty({ found: elsewhere }), { as: 'empty-elsewhere' })
    await expect(history).toUphold(storedWith({ kind: 'PersistentVolume', name: volume.metadata.name, ...onlyReading }), {
      as: 'only-for-reading',
    })
    await expect(history).toUphold(storedWith({ kind: 'PersistentVolumeClaim', name: 'data', ...onlyReading }), { as: 'only-for-reading' })
    await expect(history).toUphold(writesDone({ attempts, ways: ['create', 'append'] }), { as: 'written' })
  },
)
