import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'
import type * as checks from './never-warned.ts'

const params = { kind: 'PersistentVolumeClaim', name: 'data' } as const
const event = (type: string, name = 'data') =>
  seen('Event', `${type}-${name}`, { involvedObject: { kind: 'PersistentVolumeClaim', name }, type, reason: 'Any', message: 'words' })

export const neverWarned = {
  upholds: [
    { title: 'a Normal Event, and a Warning about another', params, history: historyOf(event('Normal'), event('Warning', 'other')) },
  ],
  rejects: [
    { title: 'a Warning of that reason', params: { ...params, reason: 'Any' }, history: historyOf(event('Warning')) },
    { title: 'a Warning', params, history: historyOf(event('Normal'), event('Warning')) },
  ],
  gaps: [{ title: 'no Event', params, history: historyOf(event('Normal', 'other')) }],
} satisfies Examples<typeof checks.neverWarned>
