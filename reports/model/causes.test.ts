import { expect, test } from 'vitest'
import type { GuaranteeResult } from './conformance-report.ts'
import { causesOf } from './causes.ts'

function guarantee(id: string, verdict: GuaranteeResult['verdict'], ...summaries: readonly string[]): GuaranteeResult {
  const source = 'https://kubernetes.io/docs/'
  return { id, verdict, reasons: summaries.map((summary) => ({ summary })), statement: 'It is.', level: 'MUST', source, evidence: [] }
}

test('what came out alike for the same cause stands together, what most have in common first', () => {
  const causes = causesOf([
    guarantee('a/unsure', 'Inconclusive', 'The watch of Pod may have missed events between entries 5 and 7.'),
    guarantee('a/alone', 'Failed', 'Pod web-1 was created before Pod web-0 was Ready.'),
    guarantee('a/first', 'Failed', 'PersistentVolumeClaim data was not Bound within 60 s.', 'And more.'),
    guarantee('b/second', 'Failed', 'PersistentVolumeClaim www-web-0 was not Bound within 90 s.\nThe last error: none.'),
    guarantee('b/good', 'Passed'),
    guarantee('b/lacking', 'NotSupported', 'The cluster lacks Zones.'),
  ])
  expect(causes.map(({ verdict, summary, guarantees }) => [verdict, summary, guarantees.map(({ id }) => id).join(' ')])).toEqual([
    ['Failed', 'PersistentVolumeClaim data was not Bound within 60 s.', 'a/first b/second'],
    ['Failed', 'Pod web-1 was created before Pod web-0 was Ready.', 'a/alone'],
    ['Inconclusive', 'The watch of Pod may have missed events between entries 5 and 7.', 'a/unsure'],
  ])
})

test('causes of other words stay apart, and so do verdicts', () => {
  const text = 'Pod web-0 was deleted.'
  expect(causesOf([guarantee('a/a', 'Failed', text), guarantee('a/b', 'Inconclusive', text), guarantee('a/c', 'Failed')])).toHaveLength(3)
})
