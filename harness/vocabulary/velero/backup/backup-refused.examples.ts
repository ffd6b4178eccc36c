import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './backup-refused.ts'
import { gap, historyOf, seen } from '../../../engine/history/literal.ts'

const params = { backup: 'hf-1-lost' }
const inPhase = (phase: string, validationErrors?: readonly string[]) =>
  seen('Backup', 'hf-1-lost', { status: { phase, ...(validationErrors && { validationErrors }) } })
const refused = inPhase('FailedValidation', ['no such location'])

export const backupRefused = {
  upholds: [{ title: 'refused with a reason', params, history: historyOf(inPhase('New'), refused) }],
  rejects: [
    { title: 'taken', params, history: historyOf(inPhase('InProgress'), inPhase('Completed')) },
    { title: 'refused without a reason', params, history: historyOf(inPhase('FailedValidation')) },
  ],
  gaps: [
    { title: 'it may have been begun unseen', params, history: historyOf(refused, gap('Backup')) },
    { title: 'not answered', params, history: historyOf(seen('Backup', 'hf-1-lost')) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.backupRefused>
