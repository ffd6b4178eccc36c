import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { service: 'web' }
const web = (clusterIP: string) => historyOf(seen('Service', 'web', { spec: { clusterIP } }))

export const serviceAddressed = {
  holds: [{ title: 'an address', params, history: web('10.96.0.1') }],
  not: [
    { title: 'headless', params, history: web('None') },
    { title: 'not there', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.serviceAddressed>
