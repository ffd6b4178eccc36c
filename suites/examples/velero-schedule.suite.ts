import { expect } from 'vitest'
import { conformance, fileAsWritten, kubectlPrinted, objectOfExample, scheduleEnabled } from '../../harness/index.ts'

conformance(
  {
    id: 'examples/velero-schedule',
    statement:
      'kubectl refuses a Velero Backup with a schedule, which is no field of it. A Schedule with the same in its template is enabled in the namespace of Velero.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/api-types/schedule/', section: 'schedule-api-type' },
    requires: ['Velero', 'Kubectl'],
    mutants: ['schedules-made-invalid'],
    proves: { 'manifest.velero-backup': { unknown: 'unknown', schedule: 'enabled' } },
  },
  async (fixtures) => {
    const { observe, velero, history, limits, kubectl } = fixtures
    const written = fileAsWritten('velero-backup')
    const schedules = await observe.schedules()

    const refused = await kubectl.run(['create', '--dry-run=server', '--filename', written.file], written)
    const { metadata } = await velero.apply(objectOfExample('velero-schedule', 'Schedule', { fixtures }))

    await expect(schedules).toReach(scheduleEnabled({ schedule: metadata.name }), { within: limits.deletionAnswered, as: 'enabled' })
    await expect(history).toUphold(kubectlPrinted({ command: refused, exitCode: 1, lines: ['unknown field "spec.schedule"'] }), {
      as: 'unknown',
    })
  },
)
