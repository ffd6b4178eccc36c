import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  crash,
  fileIn,
  keepsItsAddress,
  nodeOfPod,
  podReady,
  podReplaced,
  podRestarted,
  premise,
  scratchDirectory,
  selectorOf,
  statefulSet,
  staysTheSamePod,
  storedWith,
  treesEqual,
  twoWorkers,
  until,
  volumeEmpty,
  volumeIn,
  withScratch,
  writeText,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pods/container-restart-keeps-volumes',
    statement:
      'A crashed container restarts in the same Pod. What it wrote to its own file system is gone; emptyDir and PVC are as they were. A deleted Pod is replaced by another one, with its PVC and a new emptyDir.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'emptydir' },
    requires: ['DynamicProvisioning', 'MultipleNodes'],
    mutants: ['volume-not-mounted', 'temporary-files-kept', 'scratch-on-first-volume'],
    proves: {
      'pod.container-layer-lost': { lost: ['restarted', 'layer-lost'], volumes: ['restarted', 'scratch-stays', 'pvc-stays'] },
      'pod.restart-is-not-recreate': {
        'in-place': ['restarted', 'same-pod', 'same-address'],
        replaced: ['replaced', 'never-restarted'],
      },
      'pod.whole-filesystem-wiped': {
        layer: ['restarted', 'layer-lost'],
        volumes: ['restarted', 'scratch-stays', 'pvc-stays'],
        replacement: ['replaced', 'scratch-new', 'pvc-kept'],
      },
      'pod.emptydir-follows-pod': { stays: ['restarted', 'scratch-stays'], gone: ['replaced', 'same-node', 'scratch-new'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [prefersNode] = twoWorkers(cluster)
    const web = withScratch(statefulSet('web', { cluster, replicas: 1, data: sizes.small, prefersNode }))
    const onPvc = volumeIn('web-0', { namespace, measure })
    const scratch = volumeIn('web-0', { namespace, measure }, scratchDirectory)
    const inLayer = fileIn('web-0', { namespace, measure }, '/tmp/in-layer')
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    const node = await nodeOfPod(history, 'web-0')
    await onPvc.populate({ files: 8, bytes: '1Mi' })
    await scratch.appendRecords('in the emptyDir, before the crash')
    await namespace.exec('web-0', writeText('written', '/tmp/in-layer'))
    const pvcBefore = await onPvc.readTree('on the PVC, before the crash')
    const scratchBefore = await scratch.readTree('in the emptyDir, before the crash')
    await premise(history, answersValue({ found: await inLayer.read('before the crash'), value: 'written' }))

    await namespace.exec('web-0', crash)
    await expect(pods).toReach(podRestarted({ pod: 'web-0' }), { within: limits.containerRestarted, as: 'restarted' })
    const layer = await inLayer.read('after the crash')
    const scratchRestarted = await scratch.readTree('in the emptyDir, after the crash')
    const pvcRestarted = await onPvc.readTree('on the PVC, after the crash')
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'some' }), { as: 'same-pod' })
    await expect(history).toUphold(keepsItsAddress({ pod: 'web-0' }), { as: 'same-address' })
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await expect(pods).toReach(podReplaced({ pod: 'web-0' }), { within: limits.podReady, as: 'replaced' })
    const scratchReplaced = await scratch.readTree('in the emptyDir of the next Pod')
    const pvcReplaced = await onPvc.readTree('on the PVC, in the next Pod')

    const restarts = ['status', 'containerStatuses', '0', 'restartCount']
    await expect(history).toUphold(answersValue({ found: layer, value: null }), { as: 'layer-lost' })
    await expect(history).toUphold(treesEqual({ expected: scratchBefore, actual: scratchRestarted }), { as: 'scratch-stays' })
    await expect(history).toUphold(treesEqual({ expected: pvcBefore, actual: pvcRestarted }), { as: 'pvc-stays' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'web-0', path: restarts, value: 0 }), { as: 'never-restarted' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'web-0', path: ['spec', 'nodeName'], value: node }), { as: 'same-node' })
    await expect(history).toUphold(volumeEmpty({ found: scratchReplaced }), { as: 'scratch-new' })
    await expect(history).toUphold(treesEqual({ expected: pvcBefore, actual: pvcReplaced }), { as: 'pvc-kept' })
  },
)
