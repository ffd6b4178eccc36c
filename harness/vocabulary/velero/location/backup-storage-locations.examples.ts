import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './backup-storage-locations.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

const params = { location: 'hf-1-own', phase: 'Available' } as const
const inPhase = (phase: string, message?: string) =>
  seen('BackupStorageLocation', 'hf-1-own', { status: { phase, ...(message !== undefined && { message }) } })

export const locationReached = {
  holds: [{ title: 'available at last', params, history: historyOf(inPhase('Unavailable', 'no such bucket'), inPhase('Available')) }],
  not: [
    { title: 'not any more', params, history: historyOf(inPhase('Available'), inPhase('Unavailable', 'no such bucket')) },
    { title: 'not looked at', params, history: historyOf(seen('BackupStorageLocation', 'hf-1-own')) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.locationReached>
