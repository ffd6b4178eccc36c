import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import type { PodName } from '../conditions.ts'

/**
 * A Pod, or its server, was killed so often while it was written to. Where it was not, nothing that was found of its data is worth much.
 */
export const crashCountReached = defineCondition<PodName & { readonly times: number }>({
  // Judgements on disk have this name.
  name: 'struck',
  reads: [],
  describe: ({ pod, times }) => `Pod ${pod} crashed ${times} times`,
  holds: ({ pod, times }, history) => crashesOf(history, pod).length >= times,
  seen: ({ pod }, history) => `${crashesOf(history, pod).length} crashes`,
})

/** Histories of older runs call them strikes. */
const labels: readonly string[] = ['crash', 'strike']

function crashesOf(history: readonly HistoryEntry[], pod: string): readonly HistoryEntry[] {
  return history.filter((entry) => entry.type === 'measurement' && labels.includes(entry.what) && entry.subject.name === pod)
}
