import { field, latest, observationsOf } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'

/** A BackupStorageLocation by its full name, and what Velero is to say of it. */
export interface LocationPhase {
  readonly location: string
  readonly phase: 'Available' | 'Unavailable'
}

/** Velero says of a BackupStorageLocation whether backups can be stored there. */
export const locationReached = defineCondition<LocationPhase>({
  name: 'location-reached',
  reads: ['BackupStorageLocation'],
  describe: ({ location, phase }) => `BackupStorageLocation ${location} ${phase}`,
  holds: ({ location, phase }, history) => field(latest(history, 'BackupStorageLocation', location), 'status', 'phase') === phase,
  seen({ location }, history) {
    const [last] = observationsOf(history, 'BackupStorageLocation', location).slice(-1)
    if (last === undefined) return `no BackupStorageLocation ${location}`
    const { status } = last.object
    const [phase, message] = [field(status, 'phase'), field(status, 'message')]
    return `${typeof phase === 'string' ? phase : 'not validated'}${typeof message === 'string' ? `: ${message}` : ''}`
  },
})
