import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'

/** A ConfigMap, one of its keys, and the value that is to be there. */
export interface ExpectedSetting {
  readonly configMap: string
  readonly key: string
  readonly value: string
}

/** A ConfigMap is there and has a value under a key. */
export const configMapSays = defineCheck<ExpectedSetting>({
  name: 'config-map-says',
  reads: ['ConfigMap'],
  describe: ({ configMap, key, value }) => `ConfigMap ${configMap} says ${key}: ${value}`,
  judge,
})

function judge({ configMap, key, value }: ExpectedSetting, history: readonly HistoryEntry[]): Judgement {
  const [last] = observationsOf(history, 'ConfigMap', configMap).slice(-1)
  if (last === undefined) return inconclusive(`ConfigMap ${configMap} was never seen.`)
  const object = latest(history, 'ConfigMap', configMap)
  if (object === undefined) return violated(`ConfigMap ${configMap} is gone.`, { entries: [last] })
  const found = field(object, 'data', key)
  if (found === value) return { outcome: 'upheld', evaluated: 1 }
  return violated(`ConfigMap ${configMap} says ${key}: ${String(found)} instead of ${value}.`, {
    expected: value,
    actual: String(found),
    entries: [last],
  })
}
