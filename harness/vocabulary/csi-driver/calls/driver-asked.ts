import { isDeepStrictEqual } from 'node:util'
import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { violated } from '../../../engine/judge/judgement.ts'
import { judgeCalls } from '../kept-calls.ts'
import { field } from '../../../engine/object.ts'

/** Calls of one method of the CSI driver, a field of their requests by path, and what it is to hold. */
export interface Asked {
  readonly calls: CallsName
  readonly method: string
  readonly path: readonly string[]
  readonly value: unknown
}

/** Whenever the CSI driver was called so for a PVC, the request held one value. */
export const driverAsked = defineCheck<Asked>({
  name: 'driver-asked',
  reads: [],
  describe: ({ calls, method, path, value }) => `${method} for ${calls.pvc} carries ${path.at(-1) ?? ''} ${JSON.stringify(value)}`,
  judge,
})

function judge({ calls, method, path, value }: Asked, history: readonly HistoryEntry[]): Judgement {
  return judgeCalls(calls, history, (all, read) => {
    const made = all.filter((call) => call.method === method)
    const other = made.find(({ request }) => !isDeepStrictEqual(field(request, ...path), value))
    if (other === undefined) return { outcome: 'upheld', evaluated: made.length }
    const [expected, actual] = [value, field(other.request, ...path)].map((one) => JSON.stringify(one) ?? 'nothing')
    return violated(`${method} for PersistentVolumeClaim ${calls.pvc} carried ${actual} as ${path.at(-1) ?? ''} instead of ${expected}.`, {
      ...{ expected: expected ?? '', actual: actual ?? '' },
      entries: [read],
    })
  })
}
