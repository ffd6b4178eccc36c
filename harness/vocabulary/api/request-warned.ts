import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Act, HistoryEntry } from '../../engine/history/history-entry.ts'
import { violated } from '../../engine/judge/judgement.ts'
import type { Request } from './request-accepted.ts'

/**
 * The API server accepts a request and warns of it in these words.
 * See https://kubernetes.io/docs/reference/using-api/deprecation-policy/
 */
export const requestWarned = defineCheck<Request & { readonly says: string }>({
  name: 'request-warned',
  reads: [],
  describe: ({ verb, kind, name, says }) => `the API server accepts to ${verb} ${kind} ${name} and warns: ${says}`,
  judge({ says, ...requests }, history) {
    return judged(requests, history, {
      isExpected: (warnings) => warnings.some((warning) => warning.includes(says)),
      expected: `a warning with the words: ${says}`,
    })
  },
})

/** The API server accepts a request and warns of nothing in it. */
export const requestNotWarned = defineCheck<Request>({
  name: 'request-not-warned',
  reads: [],
  describe: ({ verb, kind, name }) => `the API server accepts to ${verb} ${kind} ${name} without a warning`,
  judge: (requests, history) =>
    judged(requests, history, { isExpected: (warnings) => warnings.length === 0, expected: 'accepted without a warning' }),
})

interface Expectation {
  isExpected(warnings: readonly string[]): boolean
  readonly expected: string
}

function judged({ verb, kind, name }: Request, history: readonly HistoryEntry[], { isExpected, expected }: Expectation): Judgement {
  const accepted = history.filter(
    (entry): entry is Act =>
      entry.type === 'act' &&
      entry.phase === 'accepted' &&
      entry.verb === verb &&
      entry.subject.kind === kind &&
      entry.subject.name === name,
  )
  const other = accepted.find(({ answer }) => !isExpected(answer?.warnings ?? []))
  if (other === undefined) return { outcome: 'upheld', evaluated: accepted.length }
  const warnings = other.answer?.warnings ?? []
  const actual = warnings.length === 0 ? 'no warning' : warnings.join('; ')
  return violated(`The API server answered the request to ${verb} ${kind} ${name} with ${actual}.`, { expected, actual, entries: [other] })
}
