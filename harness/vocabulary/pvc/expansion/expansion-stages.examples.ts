import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './expansion-stages.ts'
import { historyOf, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data', to: '640Mi' }
const small = pvcSeen('data')
const grown = pvcSeen('data', { capacity: '640Mi' })
const waiting = pvcSeen('data', {
  status: { phase: 'Bound', capacity: { storage: '640Mi' }, conditions: [{ type: 'FileSystemResizePending', status: 'True' }] },
})
const volume = (capacity: string) => pvSeen('pv-of-data', { capacity })

export const onlyVolumeGrown = {
  holds: [{ title: 'the volume first', params, history: historyOf(small, volume('320Mi'), volume('640Mi')) }],
  not: [
    { title: 'nothing has grown', params, history: historyOf(small, volume('320Mi')) },
    { title: 'both have grown', params, history: historyOf(small, volume('640Mi'), grown) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.onlyVolumeGrown>

const inProgress = pvcSeen('data', {
  status: { phase: 'Bound', capacity: { storage: '640Mi' }, allocatedResourceStatuses: { storage: 'NodeResizePending' } },
})

export const expansionSettled = {
  holds: [{ title: 'grown', params, history: historyOf(small, inProgress, waiting, grown) }],
  not: [
    { title: 'as before', params, history: historyOf(small) },
    { title: 'a condition left', params, history: historyOf(small, waiting) },
    { title: 'a resource in progress left', params, history: historyOf(small, inProgress) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.expansionSettled>

export const expansionFinished = {
  holds: [{ title: 'grown', params, history: historyOf(small, waiting, grown) }],
  not: [
    { title: 'as before', params, history: historyOf(small) },
    { title: 'still waiting', params, history: historyOf(small, waiting) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.expansionFinished>
