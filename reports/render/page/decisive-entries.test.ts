import { expect, test } from 'vitest'
import type { JudgementRecord } from '../../../harness/engine/history/judgement-record.ts'
import { act, expansionWithGap, historyOf, orderedStartup, parallelStartup } from '../../testing/example-history.ts'
import { decisiveEntries } from './decisive-entries.ts'
import { entryWords } from './entry-words.ts'

const inOrder: JudgementRecord = {
  ...{ verb: 'toUphold', name: 'pods-start-in-ordinal-order', params: { statefulSet: 'web', replicas: 3 }, reads: ['Pod'] },
  ...{ description: 'in order', fromSeq: 0, untilSeq: 20, outcome: 'upheld' },
}

function told(judgement: JudgementRecord, history = orderedStartup()): readonly string[] {
  return decisiveEntries(judgement, history).map((entry) => `${entry.seq}: ${entryWords(entry)}`)
}

test('a check rests on what became of the objects that it names, of the kinds that it reads', () => {
  expect(told(inOrder).map((line) => line.replace(/, uid.*/, ''))).toEqual([
    '7: Pod web-0 Ready',
    '12: Pod web-1 Ready',
    '17: Pod web-2 Ready',
  ])
  expect(told({ ...inOrder, params: { statefulSet: 'other' } })).toEqual([])
})

test('a wait rests on the last of them before it ended, a precondition on one', () => {
  const wait = { ...inOrder, verb: 'toReach', kinds: ['Pod'], untilSeq: 13 } as const
  expect(told(wait).map((line) => line.split(':')[0])).toEqual(['7', '12'])
  expect(told({ ...wait, verb: 'until' }).map((line) => line.split(':')[0])).toEqual(['12'])
})

test('a reason that names entries names what decided', () => {
  const violated = { ...inOrder, outcome: 'violated', reason: { summary: 'too early', entries: [3] } } as const
  expect(told(violated, parallelStartup())).toEqual(['3: Pod web-1 Pending, uid uid-web-1, rv 1'])
})

test('measurements are found by their labels, and told with their values', () => {
  const judgement: JudgementRecord = {
    ...{ verb: 'toUphold', name: 'file-system-grew', reads: [], description: 'grew', fromSeq: 0, untilSeq: 10, outcome: 'upheld' },
    params: { before: { pod: 'web-0', label: 'before' }, after: { pod: 'web-0', label: 'after' } },
  }
  expect(told(judgement, expansionWithGap()).map((line) => line.replace(/^\d+: /, ''))).toEqual([
    'filesystem-size of web-0 (before): 67108864',
    'filesystem-size of web-0 (after): 134217728',
  ])
})

test('a tree is told by its entries, its bytes and its digest', () => {
  const entries = [{ path: 'a', size: 1000 }, { path: 'b', size: 234 }, { path: 'c' }]
  const [tree] = historyOf([
    [0, { type: 'measurement', what: 'tree', label: 'restored', subject: { kind: 'Pod', name: 'reader' }, value: { root: '/', entries } }],
  ])
  expect(tree && entryWords(tree)).toBe('tree of reader (restored): 3 entries, 1,234 bytes, SHA-256 3c4d28d61283')
})

test('a refused request rests on its answer', () => {
  const answer = { code: 422, reason: 'Invalid', message: 'spec is immutable' }
  const history = historyOf([
    [0, act('patch', { kind: 'PersistentVolumeClaim', name: 'data' })],
    [0.1, { ...act('patch', { kind: 'PersistentVolumeClaim', name: 'data' }, 'rejected'), answer }],
    [0.2, act('patch', { kind: 'PersistentVolumeClaim', name: 'other' }, 'accepted')],
  ])
  const judgement: JudgementRecord = {
    ...{ verb: 'toUphold', name: 'request-refused', reads: [], description: 'refused', fromSeq: 0, untilSeq: 3, outcome: 'upheld' },
    params: { verb: 'patch', kind: 'PersistentVolumeClaim', name: 'data', code: 422 },
  }
  expect(told(judgement, history)).toEqual(['1: patch PVC data rejected 422 spec is immutable'])
})
