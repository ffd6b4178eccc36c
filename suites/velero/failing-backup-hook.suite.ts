import { expect } from 'vitest'
import {
  backupReached,
  objectsRestored,
  conformance,
  hooksCounted,
  pod,
  podReady,
  pvc,
  restoreReached,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/failing-backup-hook',
    statement:
      'A Backup with a failing pre hook ends PartiallyFailed and counts the failure. With onError Fail it leaves the Pod out, with Continue it contains the Pod.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/backup-hooks/', section: 'specifying-hooks-in-the-backup-spec' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['hooks-dropped'],
    proves: { 'velero.hooks': { failure: ['partial', 'counted', 'left-out'] } },
  },
  async (fixtures) => {
    const { namespace, additionalNamespace, observe, velero, history, limits, cluster, sizes } = fixtures
    const [strict, lenient] = [additionalNamespace('strict'), additionalNamespace('lenient')]
    const failing = (onError: 'Fail' | 'Continue') => ({
      resources: [{ name: 'failing', pre: [{ exec: { command: ['false'], onError } }] }],
    })
    const pods = await observe.pods()
    const [backups, restores] = [await observe.backups(), await observe.restores()]
    await strict.observe.pods()
    await lenient.observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })

    const strictly = await velero.backup('strict', { hooks: failing('Fail') })
    const leniently = await velero.backup('lenient', { hooks: failing('Continue') })
    await expect(backups).toReach(backupReached({ backup: strictly, phase: 'PartiallyFailed' }), {
      within: limits.backupEnded,
      as: 'partial',
    })
    await expect(backups).toReach(backupReached({ backup: leniently, phase: 'PartiallyFailed' }), {
      within: limits.backupEnded,
      as: 'partial',
    })
    const without = await velero.restore('without', { backupName: strictly, namespaceMapping: { [namespace.name]: strict.namespace.name } })
    const withIt = await velero.restore('with', { backupName: leniently, namespaceMapping: { [namespace.name]: lenient.namespace.name } })
    await expect(restores).toReach(restoreReached({ restore: without, phase: 'Completed' }), { within: limits.restoreEnded })
    await expect(restores).toReach(restoreReached({ restore: withIt, phase: 'Completed' }), { within: limits.restoreEnded })

    await expect(history).toUphold(hooksCounted({ backup: strictly, attempted: 1, failed: 1 }), { as: 'counted' })
    await expect(history).toUphold(hooksCounted({ backup: leniently, attempted: 1, failed: 1 }), { as: 'counted' })
    await expect(history).toUphold(
      objectsRestored({
        back: [{ kind: 'Pod', name: lenient.nameOf('keeper') }],
        leftOut: [{ kind: 'Pod', name: strict.nameOf('keeper') }],
      }),
      { as: 'left-out' },
    )
  },
)
