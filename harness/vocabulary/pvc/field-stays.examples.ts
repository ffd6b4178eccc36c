import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './field-stays.ts'
import { gap, historyOf, seen } from '../../engine/history/literal.ts'

const params = { kind: 'StatefulSet', name: 'web', path: ['spec', 'volumeClaimTemplates', '0', 'size'], value: '320Mi' }
const web = (size: string) => seen('StatefulSet', 'web', { spec: { volumeClaimTemplates: [{ size }] } })

const gaps = [
  { title: 'it may have changed unseen', params, history: historyOf(web('320Mi'), gap('StatefulSet')) },
  { title: 'never seen', params, history: historyOf() },
]

export const fieldStays = {
  upholds: [{ title: 'always the same', params, history: historyOf(web('320Mi'), web('320Mi')) }],
  rejects: [
    { title: 'changed once', params, history: historyOf(web('320Mi'), web('640Mi'), web('320Mi')) },
    { title: 'not there', params, history: historyOf(seen('StatefulSet', 'web')) },
  ],
  gaps,
} satisfies Examples<typeof checks.fieldStays>

export const fieldIs = {
  upholds: [{ title: 'so in the end', params, history: historyOf(web('640Mi'), web('320Mi')) }],
  rejects: [{ title: 'not any more', params, history: historyOf(web('320Mi'), web('640Mi')) }],
  gaps,
} satisfies Examples<typeof checks.fieldIs>
