import { expect, test } from 'vitest'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { markupText, type MarkupValue } from '../markup.ts'
import { originFacts } from './origin.ts'

const run: ConformanceReport['run'] = {
  id: '20261130-100000-ab12',
  startedAt: '2026-11-30T10:00:00Z',
  endedAt: '2026-11-30T10:01:00Z',
  durationSeconds: 60,
  command: 'holdfast run',
  holdfastVersion: '0.1.0',
  commit: 'c0ffee',
}

function factsOf(origin: Partial<ConformanceReport['run']>): readonly (readonly [string, string])[] {
  return originFacts({ run: { ...run, ...origin } }).map(([name, value]: readonly [string, MarkupValue]) => [name, markupText(value)])
}

test('a run of before says only which commit it was', () => {
  expect(factsOf({})).toEqual([['Holdfast', '0.1.0, commit c0ffee']])
})

test('who answers for a run, from which repository, with which changes, and which job started it', () => {
  const url = 'https://ci.example.com/7?a&b'
  const origin = {
    assessor: 'Ada <ada@example.com>',
    commit: 'c0ffee-dirty',
    repository: 'https://git.example.com/holdfast',
    changedFiles: ['suites/a.suite.ts', 'README.md'],
    ci: { name: 'Jenkins', url },
  }
  expect(factsOf(origin)).toEqual([
    ['Assessor', 'Ada &lt;ada@example.com&gt;'],
    ['Holdfast', '0.1.0, commit c0ffee-dirty of https://git.example.com/holdfast'],
    ['Files that differ from the commit', 'suites/a.suite.ts, README.md'],
    ['Started by', '<a href="https://ci.example.com/7?a&amp;b">Jenkins: https://ci.example.com/7?a&amp;b</a>'],
  ])
})

test('a CI system that does not say what it is, is one all the same', () => {
  expect(factsOf({ ci: { name: 'unknown' } }).at(-1)).toEqual(['Started by', 'a CI system that is not known'])
})

test('a run over shards says where they ran, and which were started again', () => {
  const start = { pod: 'shards-0-a', node: 'worker', startedAt: '2026-11-30T10:00:00Z', guarantees: 2 }
  const shards = [
    { shard: 0, guarantees: 2, starts: [start, { ...start, node: 'worker2' }] },
    { shard: 1, guarantees: 1, starts: [start] },
  ]
  expect(factsOf({ shards }).at(-1)).toEqual(['Shards', '2 Pods of the cluster, on worker and worker2; shard 0 was started 2 times'])
})
