import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './undamaged.ts'
import type { Answered } from '../service/answer.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { looks: [{ pod: 'moment-1', label: 'restored' }] }
const said = (value: Answered) => historyOf(measured('damage', 'restored', { pod: 'moment-1', value }))

export const undamaged = {
  upholds: [{ title: 'none found', params, history: said({ outcome: 'done', value: '', said: '' }) }],
  rejects: [
    {
      title: 'found',
      params,
      history: said({ outcome: 'refused', value: null, said: 'heap table "postgres.public.total", block 0:\n xmin 900 exceeds 800' }),
    },
  ],
  gaps: [
    { title: 'nobody looked', params, history: historyOf() },
    { title: 'the program broke', params, history: said({ outcome: 'silent', value: null, said: 'no connection' }) },
  ],
} satisfies Examples<typeof checks.undamaged>
