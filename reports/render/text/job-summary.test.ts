import { expect, test } from 'vitest'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { exampleReport } from '../../testing/example-report.ts'
import { jobSummary } from './job-summary.ts'

const reason = 'Pod web-1 | was <created> before `web-0`;\nsee @team and #12.'
const skipped: ConformanceReport['skipped'] = [
  { id: 'velero/a', statement: 'A.', level: 'MUST', why: 'need Velero' },
  { id: 'velero/b', statement: 'B.', level: 'MAY', why: 'need Velero' },
]

test('what needs a reader comes first, and what is not supported is folded', () => {
  const report = exampleReport({
    guarantees: {
      'a/holds': 'Passed',
      'a/lacks': { verdict: 'NotSupported', reason: 'Cluster x lacks Cloning.' },
      'a/unclear': { verdict: 'Inconclusive', reason: 'The watch has a gap.' },
      'a/broken': { verdict: 'Failed', reason },
    },
    skipped,
  })
  expect(jobSummary(report).split('\n')).toEqual([
    '### Holdfast: failure, 3 of 6 checks ran: 1 Passed, 1 Failed, 1 Inconclusive; 1 NotSupported',
    '',
    '| | |',
    '| --- | --- |',
    '| platform | Kubernetes v1.36.3, csi-hostpath.holdfast.dev |',
    '| run | 20261121-100000-ab12, profile standard, 60 s |',
    '| meaning | exit code 1: a documented sentence was broken |',
    '| not run | 2 need Velero |',
    '',
    '| verdict | guarantee | level | cause |',
    '| --- | --- | --- | --- |',
    '| Failed | `a/broken` | MUST | Pod web-1 \\| was &lt;created&gt; before \\`web-0\\`; |',
    '| Inconclusive | `a/unclear` | MUST | The watch has a gap. |',
    '',
    '<details><summary>NotSupported (1)</summary>',
    '',
    '| verdict | guarantee | level | cause |',
    '| --- | --- | --- | --- |',
    '| NotSupported | `a/lacks` | MUST | Cluster x lacks Cloning. |',
    '',
    '</details>',
    '',
  ])
})

test('of many guarantees it has the first, and says how many more there are', () => {
  const many = Object.fromEntries(
    Array.from({ length: 400 }, (_, at) => [`a/${at}`, { verdict: 'Failed' as const, reason: 'x'.repeat(5000) }]),
  )
  const text = jobSummary(exampleReport({ guarantees: many }))
  expect(text).toContain('\nAnd 340 more: the report has them all.\n')
  // GitHub takes 1 MiB for each step.
  expect(text.length).toBeLessThan(100_000)
})

test('a run that was stopped says so, and one that left storage names it', () => {
  const guarantees = { 'a/holds': 'Passed' } as const
  expect(jobSummary(exampleReport({ guarantees, run: { interruptedBy: 'SIGTERM' } }))).toContain(
    '| meaning | exit code 143: the run was interrupted',
  )
  expect(jobSummary(exampleReport({ guarantees, run: { leaks: ['PersistentVolume pv-1 remains.'] } }))).toContain(
    '\n- Leak: PersistentVolume pv-1 remains.\n',
  )
})
