import type { Act } from '../../engine/history/history-entry.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'

/** With this the API server answers a request that it does not take, and an eviction that a budget does not allow. */
const tooMany = 429

/**
 * The API server refuses each eviction of a Pod that was asked for, by its PodDisruptionBudget. See
 * https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/#how-api-initiated-eviction-works
 */
export const evictionRefused = defineCheck<{ readonly pod: string }>({
  name: 'eviction-refused',
  reads: [],
  describe: ({ pod }) => `the API server refuses to evict Pod ${pod}, by its disruption budget`,
  judge({ pod }, history) {
    const acts = history.filter((entry): entry is Act => entry.type === 'act' && entry.verb === 'evict' && entry.subject.name === pod)
    const answers = acts.filter(({ phase }) => phase !== 'requested')
    const accepted = answers.find(({ phase }) => phase === 'accepted')
    if (accepted !== undefined) {
      const expected = `refused with ${tooMany} by the disruption budget`
      return violated(`The API server evicted Pod ${pod}.`, { expected, actual: 'accepted', entries: [accepted] })
    }
    const other = answers.find(({ answer }) => answer?.code !== tooMany || !answer.message.includes('disruption budget'))
    if (other !== undefined) {
      const { code, message } = other.answer ?? {}
      return inconclusive(`Pod ${pod} was not evicted for another reason: ${String(code)}, ${message ?? ''}.`, [other.seq])
    }
    return { outcome: 'upheld', evaluated: answers.length }
  },
})
