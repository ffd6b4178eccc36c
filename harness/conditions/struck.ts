import { defineCondition } from '../define-condition.ts'
import type { HistoryEntry } from '../history-entry.ts'
import type { PodName } from './pods.ts'

/** A Pod was struck so often while it was written to. Where it was not, nothing that was found of its data is worth much. */
export const struck = defineCondition<PodName & { readonly times: number }>({
  name: 'struck',
  reads: [],
  describe: ({ pod, times }) => `Pod ${pod} struck ${times} times`,
  holds: ({ pod, times }, history) => strikesOf(history, pod).length >= times,
  seen: ({ pod }, history) => `${strikesOf(history, pod).length} strikes`,
})

function strikesOf(history: readonly HistoryEntry[], pod: string): readonly HistoryEntry[] {
  return history.filter((entry) => entry.type === 'measurement' && entry.what === 'strike' && entry.subject.name === pod)
}
