import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './phase-changes-dated.ts'
import { gap, historyOf, pvcSeen, pvSeen } from '../../engine/history/literal.ts'

const params = { pvc: 'data', from: 'Bound', to: 'Released' }
const pvc = pvcSeen('data')
const volume = (phase: string, time?: string) =>
  pvSeen('pv-of-data', { status: { phase, ...(time !== undefined && { lastPhaseTransitionTime: time }) } })
const old = '2025-12-31T23:59:50Z'
const bound = volume('Bound', '2026-01-01T00:00:00Z')

export const phaseChangesDated = {
  upholds: [{ title: 'dated', params, history: historyOf(pvc, bound, volume('Released', '2026-01-01T00:00:09Z')) }],
  rejects: [
    {
      title: 'the old time, though its PVC was deleted later',
      params,
      history: historyOf(pvc, volume('Bound', old), pvcSeen('data', { terminating: true }), volume('Released', old)),
    },
    { title: 'no time', params, history: historyOf(pvc, bound, volume('Released')) },
  ],
  gaps: [
    { title: 'both in one second', params, history: historyOf(pvc, bound, volume('Released', '2026-01-01T00:00:00Z')) },
    { title: 'a clock that is behind', params, history: historyOf(pvc, bound, volume('Released', old)) },
    { title: 'never Released', params, history: historyOf(pvc, bound) },
    {
      title: 'something was missed',
      params,
      history: historyOf(pvc, bound, gap('PersistentVolume'), volume('Released', '2026-01-01T00:00:09Z')),
    },
  ],
} satisfies Examples<typeof checks.phaseChangesDated>
