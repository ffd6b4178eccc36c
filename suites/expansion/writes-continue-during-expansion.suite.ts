import { expect } from 'vitest'
import { conformance, pod, podReady, pvc, pvcExpanded, readWrites, staysTheSamePod, until, writerIn, wroteOn } from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/writes-continue-during-expansion',
    statement: 'Expanding a volume in use does not stop a program that writes to it, and none of its acknowledged writes is lost.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resizing-an-in-use-persistentvolumeclaim' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion'],
    mutants: ['expansion-truncates'],
    proves: { 'expansion.timing': { 'no-downtime': ['expanded', 'wrote-on', 'never-restarted'] } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const writer = writerIn('writer', fixtures, ['/data'])
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.start()
    const before = await writer.position('before the expansion')

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data' }, sizes.medium)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data', to: sizes.medium }), { within: limits.pvcExpanded, as: 'expanded' })
    const after = await writer.stop('in the end')

    const found = await readWrites('writer', fixtures, '/data')
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'wrote-on' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }), { as: 'never-restarted' })
  },
)
