import { expect } from 'vitest'
import { backup, backupReached, configMap, conformance, onlyBackup, requestRefused, unknownFieldDropped } from '../../harness/index.ts'

conformance(
  {
    id: 'velero/backup-has-no-schedule',
    statement:
      'A Velero Backup has no schedule field. The API server refuses the field with strict validation and otherwise drops it, so only one Backup is made.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/api-types/backup/', section: 'definition' },
    requires: ['Velero'],
    mutants: ['schedule-unasked'],
    proves: { 'velero.backup-has-no-schedule': { refused: ['lenient', 'refused'], dropped: 'dropped', once: ['lenient', 'once'] } },
    pace: 'slow',
  },
  async ({ namespace, observe, velero, history, limits, cluster, mark }) => {
    const backups = await observe.backups()
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))
    const everyMinute = (name: string) => {
      const once = backup(name, { cluster, namespace: namespace.name })
      return { ...once, spec: { ...once.spec, schedule: '* * * * *' } }
    }

    await velero.attempt.create(everyMinute('lenient'), { fieldValidation: 'Ignore' })
    const lenient = velero.nameOf('lenient')
    await expect(backups).toReach(backupReached({ backup: lenient, phase: 'Completed' }), { within: limits.backupEnded, as: 'lenient' })
    const completed = mark('the only Backup has completed')
    await velero.attempt.create(everyMinute('strict'), { fieldValidation: 'Strict' })

    const strict = { verb: 'create', kind: 'Backup', name: velero.nameOf('strict') }
    await expect(history).toUphold(requestRefused({ ...strict, code: 400, says: 'unknown field "spec.schedule"' }), { as: 'refused' })
    await expect(history).toUphold(unknownFieldDropped({ backup: lenient, field: 'schedule' }), { as: 'dropped' })
    await expect(backups).toStay(onlyBackup({ backup: lenient }), { for: limits.scheduleWouldRun, after: completed, as: 'once' })
  },
)
