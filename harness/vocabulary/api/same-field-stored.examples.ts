import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './same-field-stored.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const kind = 'StatefulSet'
const params = { kind, names: ['one', 'other'], path: ['spec', 'templates'] } as const
const set = (name: string, templates?: readonly object[]) => seen(kind, name, { spec: { ...(templates && { templates }) } })
const small = [{ size: 1 }]

export const sameFieldStored = {
  upholds: [{ title: 'the same', params, history: historyOf(set('one', small), set('other', [{ size: 1 }])) }],
  rejects: [
    { title: 'another size', params, history: historyOf(set('one', small), set('other', [{ size: 2 }])) },
    { title: 'neither has it', params, history: historyOf(set('one'), set('other')) },
    { title: 'changed since', params, history: historyOf(set('one', small), set('other', small), set('other', [])) },
  ],
  gaps: [{ title: 'one was never seen', params, history: historyOf(set('one', small)) }],
} satisfies Examples<typeof checks.sameFieldStored>
