import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './requests.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const found = { pod: 'client', label: 'web, meanwhile' }
const sent = (answered: Readonly<Record<string, number>>, failed = 0) =>
  historyOf(
    measured('requests', found.label, { pod: 'client', value: { answered, failed, failure: failed === 0 ? null : 'ECONNREFUSED' } }),
  )
const gaps = [
  { title: 'never sent', history: historyOf() },
  { title: 'too few', history: sent({ 'web-0': 3 }) },
]

const first = { found, pods: ['web-0'] }
const nobody = { found, pods: [] }

export const answeredBy = {
  upholds: [
    { title: 'one of them', params: first, history: sent({ 'web-0': 40 }) },
    { title: 'both', params: { found, pods: ['web-1', 'web-0'] }, history: sent({ 'web-0': 20, 'web-1': 20 }) },
    { title: 'nobody', params: nobody, history: sent({}, 40) },
  ],
  rejects: [
    { title: 'another', params: first, history: sent({ 'web-1': 40 }) },
    { title: 'another, too', params: first, history: sent({ 'web-0': 39, 'web-1': 1 }) },
    { title: 'somebody', params: nobody, history: sent({ 'web-0': 1 }, 39) },
    { title: 'nobody at all', params: first, history: sent({}, 40) },
  ],
  gaps: gaps.map((gap) => ({ ...gap, params: first })),
} satisfies Examples<typeof checks.answeredBy>

export const allAnswered = {
  upholds: [{ title: 'all', params: { found }, history: sent({ 'web-0': 40 }) }],
  rejects: [
    { title: 'all but one', params: { found }, history: sent({ 'web-0': 39 }, 1) },
    { title: 'none', params: { found }, history: sent({}, 40) },
  ],
  gaps: gaps.map((gap) => ({ ...gap, params: { found } })),
} satisfies Examples<typeof checks.allAnswered>

export const someFailed = {
  upholds: [{ title: 'one', params: { found }, history: sent({ 'web-0': 39 }, 1) }],
  rejects: [{ title: 'none', params: { found }, history: sent({ 'web-0': 40 }) }],
  gaps: gaps.map((gap) => ({ ...gap, params: { found } })),
} satisfies Examples<typeof checks.someFailed>
