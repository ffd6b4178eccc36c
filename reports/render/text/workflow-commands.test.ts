import { expect, test } from 'vitest'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { exampleReport } from '../../testing/example-report.ts'
import { workflowCommands } from './workflow-commands.ts'

test('what makes the exit code 1 is an error, and what makes it 2 a warning', () => {
  const report = exampleReport({
    guarantees: {
      'a/holds': 'Passed',
      'a/unclear': { verdict: 'Inconclusive', reason: 'The watch has a gap.' },
      'a/broken': { verdict: 'Failed', reason: 'Pod web-1 was created first.\nMore.' },
      'a/lacks': { verdict: 'NotSupported', reason: 'Cluster x lacks Cloning.' },
    },
    run: { leaks: ['PersistentVolume pv-1 remains.'] },
  })
  expect(workflowCommands(report)).toEqual([
    '::error title=a/broken Failed::What a/broken states.%0APod web-1 was created first.',
    '::warning title=a/unclear Inconclusive::What a/unclear states.%0AThe watch has a gap.',
    '::warning title=a/lacks NotSupported::What a/lacks states.%0ACluster x lacks Cloning.',
    '::warning title=Storage was left behind::PersistentVolume pv-1 remains.',
  ])
})

test('a SHOULD that the cluster does not support is no reason to warn', () => {
  const { guarantees, ...report } = exampleReport({ guarantees: { 'a/lacks': { verdict: 'NotSupported' } } })
  expect(workflowCommands({ ...report, guarantees: guarantees.map((each) => ({ ...each, level: 'SHOULD' })) })).toEqual([])
})

test('a known failure is a notice, and an entry that is no longer true an error', () => {
  const entry = { verdict: 'Failed', why: 'It is slow.', link: 'https://example.com/1', owner: 'storage', expires: '2026-12-31' } as const
  const knownFailures: ConformanceReport['knownFailures'] = {
    sha256: '0'.repeat(64),
    gate: 'partial',
    entries: [
      { ...entry, guarantee: 'a/broken', line: 2, outcome: 'known', says: 'a/broken is Failed.' },
      { ...entry, guarantee: 'a/mended', line: 9, outcome: 'passes again', says: 'a/mended Passed. Remove the entry.' },
    ],
  }
  const report = exampleReport({ guarantees: { 'a/broken': { verdict: 'Failed', reason: 'Broken.' }, 'a/mended': 'Passed' } })
  expect(workflowCommands({ ...report, knownFailures })).toEqual([
    '::error title=Known failure%2C passes again::line 9: a/mended Passed. Remove the entry. (storage, https://example.com/1)',
    '::notice title=a/broken Failed::What a/broken states.%0ABroken.%0Aknown until 2026-12-31 (storage, https://example.com/1): It is slow.',
  ])
})

test('text of a cluster begins no command of its own', () => {
  const reason = '100 % broken\r::add-mask::x'
  const lines = workflowCommands(exampleReport({ guarantees: { 'a/b': { verdict: 'Failed', reason, statement: 'One,\n::error::two' } } }))
  expect(lines).toEqual(['::error title=a/b Failed::One,%0A::error::two%0A100 %25 broken%0D::add-mask::x'])
})

test('GitHub keeps ten of a kind: the last one says how many more there are', () => {
  const many = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`a/${at}`, 'Failed' as const]))
  const lines = workflowCommands(exampleReport({ guarantees: many }))
  expect(lines).toHaveLength(10)
  expect(lines.at(-1)).toBe('::error title=16 more::The report of the run has them all.')
})
