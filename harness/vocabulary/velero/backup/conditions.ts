import { defineCondition } from '../../../engine/judge/define-condition.ts'
import { field, observationsOf, phaseOf, wasDeleted } from '../../../engine/object.ts'
import { endOf, type RequestPhase, stateOfRequest, wasIn } from '../requests.ts'

/** A Backup was seen in a phase. */
export const backupReached = defineCondition<{ readonly backup: string; readonly phase: RequestPhase }>({
  name: 'backup-reached',
  reads: ['Backup'],
  describe: ({ backup, phase }) => `Backup ${backup} ${phase}`,
  holds: ({ backup, phase }, history) => wasIn(history, { kind: 'Backup', name: backup, phase }),
  unreachable: ({ backup }, history) => endOf(history, 'Backup', backup),
  seen: ({ backup }, history) => stateOfRequest(history, 'Backup', backup),
})

/** A Backup was found in a BackupStorageLocation, as it was when it completed, perhaps by the Velero of another cluster. */
export const backupSynced = defineCondition<{ readonly backup: string; readonly location: string }>({
  name: 'backup-synced',
  reads: ['Backup'],
  describe: ({ backup, location }) => `Backup ${backup} found in BackupStorageLocation ${location}`,
  holds: ({ backup, location }, history) =>
    observationsOf(history, 'Backup', backup).some(
      ({ object }) => field(object, 'spec', 'storageLocation') === location && phaseOf(object) === 'Completed',
    ),
  seen: ({ backup }, history) => stateOfRequest(history, 'Backup', backup),
})

/** A Backup was there and is no more. */
export const backupRemoved = defineCondition<{ readonly backup: string }>({
  name: 'backup-removed',
  reads: ['Backup'],
  describe: ({ backup }) => `Backup ${backup} gone`,
  holds: ({ backup }, history) => wasDeleted(history, 'Backup', backup),
  seen: ({ backup }, history) => stateOfRequest(history, 'Backup', backup),
})
