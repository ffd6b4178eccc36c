import { expect } from 'vitest'
import { answersValue, conformance, fileIn, hooksCounted, pod, podReady, pvc, roundTrip, treesEqual, until } from '../../harness/index.ts'

conformance(
  {
    id: 'velero/backup-hooks',
    statement:
      'Backup hooks run in a container of each selected Pod. The pre hook ends before the volume is snapshotted, the post hook runs afterwards, and the status counts both.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/backup-hooks/', section: 'backup-hooks' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['hooks-dropped', 'restore-empty', 'snapshot-lazy'],
    proves: { 'velero.hooks': { before: ['in-the-copy', 'counted'], after: ['in-the-original', 'in-the-copy', 'counted'] } },
  },
  async (fixtures) => {
    const { namespace, additionalNamespace, observe, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data', into: 'copy' })
    const [original, copy] = [fileIn('keeper', fixtures, '/data/hooks'), fileIn('keeper', additionalNamespace('copy'), '/data/hooks')]
    const write = (word: string) => [{ exec: { command: ['bash', '-c', `sleep 1; echo ${word} >> /data/hooks`] } }]
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })

    const backup = await trip.backUp({ hooks: { resources: [{ name: 'words', pre: write('frozen'), post: write('thawed') }] } })
    await trip.restore()

    const { trees } = await trip.compare()
    await expect(history).toUphold(answersValue({ found: await original.read('in the original'), value: 'frozen\nthawed' }), {
      as: 'in-the-original',
    })
    await expect(history).toUphold(answersValue({ found: await copy.read('in the copy'), value: 'frozen' }), { as: 'in-the-copy' })
    await expect(history).toUphold(hooksCounted({ backup, attempted: 2, failed: 0 }), { as: 'counted' })
    await expect(history).toUphold(treesEqual(trees))
  },
)
