import { expect } from 'vitest'
import {
  conformance,
  holdsAcknowledgedPrefix,
  pod,
  podReady,
  pvc,
  pvcsBound,
  readWrites,
  staysTheSamePod,
  until,
  writerIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'data-sources/clone-of-volume-in-use',
    statement:
      'A volume can be cloned while it is written. The clone has every write acknowledged before the request, none begun after the clone was Bound, and no write without the writes before it.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volume-pvc-datasource/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeCloning'],
    mutants: ['data-source-forgotten'],
    proves: { 'datasource.clone-of-in-use': { copied: ['bound', 'prefix'], 'in-use': ['same-writer', 'prefix'] } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const writer = writerIn('writer', fixtures, ['/data'])
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.start()

    const before = await writer.position('before the clone')
    await namespace.apply(pvc('copy', { cluster, size: sizes.small, fromPvc: 'source' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'copy' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['copy'] }), { within: limits.pvcBound, as: 'bound' })
    const after = await writer.position('after the clone')
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    await writer.stop('in the end')

    const found = await readWrites('reader', fixtures, '/data')
    await expect(history).toUphold(
      holdsAcknowledgedPrefix({ moments: [{ kind: 'clone', volumeSnapshot: 'copy', before, after, found }] }),
      {
        as: 'prefix',
      },
    )
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }), { as: 'same-writer' })
  },
)
