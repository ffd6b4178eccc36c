import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './driver-registered-anew.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { driver: 'csi.example.com', node: 'one' }
const registered = seen('CSINode', 'one', { spec: { drivers: [{ name: 'csi.example.com' }] } })
const gone = seen('CSINode', 'one', { spec: { drivers: [] } })
const none = seen('CSINode', 'one', { spec: { drivers: null } })

export const driverRegisteredAnew = {
  holds: [
    { title: 'gone and back', params, history: historyOf(registered, gone, registered) },
    { title: 'as after a start without any', params, history: historyOf(none, registered, none, registered) },
  ],
  not: [
    { title: 'never gone', params, history: historyOf(registered, registered) },
    { title: 'gone', params, history: historyOf(registered, gone) },
    { title: 'there for the first time', params, history: historyOf(none, registered) },
    { title: 'nothing seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.driverRegisteredAnew>
