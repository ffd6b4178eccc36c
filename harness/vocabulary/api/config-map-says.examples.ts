import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './config-map-says.ts'
import { gap, historyOf, seen } from '../../engine/history/literal.ts'

const params = { configMap: 'settings', key: 'colour', value: 'blue' }
const settings = (colour: string) => seen('ConfigMap', 'settings', { data: { colour } })

export const configMapSays = {
  upholds: [
    { title: 'as it was', params, history: historyOf(settings('blue')) },
    { title: 'as it was again', params, history: historyOf(settings('blue'), settings('red'), settings('blue')) },
  ],
  rejects: [
    { title: 'changed', params, history: historyOf(settings('blue'), settings('red')) },
    { title: 'gone', params, history: historyOf(settings('blue'), seen('ConfigMap', 'settings', { event: 'DELETED' })) },
  ],
  gaps: [
    { title: 'a change may have been missed', params, history: historyOf(settings('blue'), gap('ConfigMap')) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.configMapSays>
