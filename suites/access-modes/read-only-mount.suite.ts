import { expect } from 'vitest'
import {
  allReady,
  conformance,
  nodeOfPod,
  pod,
  podReady,
  pvc,
  treesEqual,
  until,
  volumeIn,
  writesDone,
  writesRefused,
} from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/read-only-mount',
    statement:
      'A Pod that mounts its volume read-only can read all of its content and cannot write to it, while another Pod on its node writes to the same volume.',
    level: 'MUST',
    source: { page: 'concepts/storage/volumes/', section: 'read-only-mounts' },
    requires: ['DynamicProvisioning'],
    mutants: ['read-only-dropped'],
    proves: {
      'volume.readonly-pvc': {
        refused: ['refused-by-pvc', 'refused-by-mount', 'unchanged'],
        'another-writes': ['beside-the-writer', 'written', 'seen'],
      },
    },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const writer = volumeIn('writer', { namespace, measure })
    const mounted = volumeIn('reader', { namespace, measure })
    const byMount = volumeIn('other-reader', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.fill()
    const before = await writer.readTree('written')
    const node = await nodeOfPod(history, 'writer')

    await namespace.apply(pod('reader', { cluster, pvc: 'data', node, readOnly: true }))
    await namespace.apply(pod('other-reader', { cluster, pvc: 'data', node, readOnlyMount: true }))
    const all = allReady({ pods: ['writer', 'reader', 'other-reader'] })
    await expect(pods).toReach(all, { within: limits.podReady, as: 'beside-the-writer' })
    const attempts = await mounted.tryToWrite('read-only')
    const attemptsByMount = await byMount.tryToWrite('read-only')
    const after = await mounted.readTree('after the attempts')
    const written = await writer.tryToWrite('beside the readers')
    const inWriter = await writer.readTree('in the end')
    const inReader = await mounted.readTree('in the end')

    await expect(history).toUphold(writesRefused({ attempts }), { as: 'refused-by-pvc' })
    await expect(history).toUphold(writesRefused({ attempts: attemptsByMount }), { as: 'refused-by-mount' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'unchanged' })
    await expect(history).toUphold(writesDone({ attempts: written, ways: ['create', 'append', 'remove'] }), { as: 'written' })
    await expect(history).toUphold(treesEqual({ expected: inWriter, actual: inReader }), { as: 'seen' })
  },
)
