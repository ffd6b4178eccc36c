import { expect } from 'vitest'
import { backup, backupReached, backupUnnoticed, configMap, conformance } from '../../harness/index.ts'

conformance(
  {
    id: 'velero/backup-in-other-namespace-ignored',
    statement:
      'Velero ignores a Backup outside its own namespace: the Backup gets no phase and no error, and nothing is backed up. A Backup in the namespace of Velero completes.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/api-types/backup/', section: 'definition' },
    requires: ['Velero'],
    mutants: ['second-velero'],
    proves: {
      'velero.wrong-namespace-ignored': { ignored: ['noticed', 'ignored'], noticed: 'noticed' },
      'manifest.velero-backup': { elsewhere: ['noticed', 'ignored'] },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, velero, limits, cluster, mark }) => {
    const backups = await observe.backups()
    const astray = await observe.kind({ apiVersion: 'velero.io/v1', kind: 'Backup', plural: 'backups', namespaced: true })
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))

    await namespace.apply(backup('astray', { cluster, namespace: namespace.name }))
    const noticed = await velero.backup('noticed')
    await expect(backups).toReach(backupReached({ backup: noticed, phase: 'Completed' }), { within: limits.backupEnded, as: 'noticed' })

    const later = mark('a later Backup has completed')
    await expect(astray).toStay(backupUnnoticed({ backup: 'astray' }), { for: limits.staysUnchanged, after: later, as: 'ignored' })
  },
)
