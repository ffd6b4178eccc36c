import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './driver-volumes-are.ts'
import { gap, historyOf, pvcSeen, pvSeen, type LiteralEntry } from '../../../engine/history/literal.ts'

const namespace = 'hf-example'
const params = { pvcs: ['one', 'two'], before: { namespace, label: 'before' }, after: { namespace, label: 'after' } }
const read = (label: string, value: readonly string[] | null): LiteralEntry => ({
  ...{ type: 'measurement', what: 'driver-volumes', label, subject: { kind: 'Namespace', name: namespace }, value },
})
const bound = [pvcSeen('one'), pvSeen('pv-of-one'), pvcSeen('two'), pvSeen('pv-of-two')] as const
const [one, two] = ['handle-of-pv-of-one', 'handle-of-pv-of-two']

export const driverVolumesAre = {
  upholds: [
    { title: 'one each', params, history: historyOf(read('before', []), ...bound, read('after', [one, two])) },
    {
      title: 'others there before',
      params,
      history: historyOf(read('before', ['old', 'gone']), ...bound, read('after', ['old', one, two])),
    },
  ],
  rejects: [
    {
      title: 'a second volume for one of them',
      params,
      history: historyOf(read('before', []), ...bound, read('after', [one, 'again', two])),
    },
    { title: 'a volume that is not there', params, history: historyOf(read('before', []), ...bound, read('after', [one])) },
    { title: 'a volume that was there before', params, history: historyOf(read('before', [two]), ...bound, read('after', [one, two])) },
  ],
  gaps: [
    { title: 'looked at once', params, history: historyOf(...bound, read('after', [one, two])) },
    { title: 'not to be read', params, history: historyOf(read('before', null), ...bound, read('after', null)) },
    {
      title: 'a volume never seen',
      params,
      history: historyOf(read('before', []), pvcSeen('one'), pvSeen('pv-of-one'), read('after', [one])),
    },
    {
      title: 'something was missed',
      params,
      history: historyOf(read('before', []), ...bound, gap('PersistentVolume'), read('after', [one, two])),
    },
  ],
} satisfies Examples<typeof checks.driverVolumesAre>
