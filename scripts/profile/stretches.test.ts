import { expect, test } from 'vitest'
import type { Entry, GuaranteeRecord, Judgement } from './run-records.ts'
import { aroundVerdict, secondsByNumber, stretchesOf } from './stretches.ts'
import { tableOf, totals } from './totals.ts'

/** A moment so many seconds after the beginning. */
const at = (seconds: number) => new Date(Date.parse('2026-11-30T10:00:00.000Z') + seconds * 1000).toISOString()

let acts = 0

/** Both entries of an act that went on between two moments. */
function act([from, to]: readonly [number, number], more: Partial<Entry> = {}): readonly Entry[] {
  acts += 1
  const both = { type: 'act', actId: String(acts), verb: 'apply', subject: { kind: 'Pod', name: 'web' }, ...more }
  return [
    { ...both, at: at(from), phase: 'requested' },
    { ...both, at: at(to), phase: 'accepted' },
  ]
}

function record(entries: readonly Entry[], judgements: readonly Judgement[] = [], end = 10): GuaranteeRecord {
  const inOrder = entries.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
  return { id: 'a/b', startedAt: at(0), endedAt: at(end), entries: inOrder, judgements }
}

const wait = (judgement: Partial<Judgement>): Judgement => ({
  ...{ verb: 'toReach', name: 'pod-ready', outcome: 'upheld', untilSeq: 0, within: 90, kinds: ['Pod'] },
  ...judgement,
})

test('every moment of a guarantee counts once, whatever went on at the same time', () => {
  const entries = [...act([1, 2]), { type: 'observation', at: at(6) }, ...act([4, 7])]
  const stretches = stretchesOf(record(entries, [wait({ startedAt: at(2), untilSeq: 4 })]))
  expect(stretches).toEqual([
    { kind: 'namespace and watches opened', what: '', seconds: 1 },
    { kind: 'request', what: 'apply Pod', seconds: 1 },
    { kind: 'Pod Ready', what: 'pod-ready', seconds: 4 },
    { kind: 'request', what: 'apply Pod', seconds: 1 },
    { kind: 'between (suite, checks, catching up)', what: '', seconds: 3 },
  ])
  expect(stretches.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(10)
})

test.each([
  ['decided by its last entry', { untilSeq: 3 }, 4],
  ['that missed its state took its limit', { untilSeq: 3, outcome: 'inconclusive', within: 5 }, 5],
  ['for something to stay takes as long as it has to', { verb: 'toStay', untilSeq: 3, within: 5 }, 5],
  ['for something that did not stay ends with what ended it', { verb: 'toStay', untilSeq: 3, within: 5, outcome: 'violated' }, 4],
  ['that was over when it began takes no time', { untilSeq: 1 }, 0],
] as const)('a wait %s', (_, judgement, seconds) => {
  const entries = [...act([0, 2]), { type: 'observation', at: at(6) }]
  const found = stretchesOf(record(entries, [wait({ startedAt: at(2), ...judgement })]))
  const sum = found.filter(({ what }) => what === 'pod-ready').reduce((all, one) => all + one.seconds, 0)
  expect(sum).toBe(seconds)
})

test('what a suite measured is told from what it waited for, and commands from each other', () => {
  const command = { verb: 'exec', request: { command: ['node', '/opt/holdfast/workload.mjs', 'fill', '--seed', '1'] } }
  const inline = { verb: 'exec', request: { command: ['bash', '-c', 'echo "$1"'] } }
  const entries = [...act([0, 1], command), { type: 'measurement', what: 'calls', at: at(3) }, ...act([3, 4], inline)]
  const sums = totals(stretchesOf(record(entries, [], 4)), ({ kind, what }) => `${kind}: ${what}`)
  expect(sums.map(({ name, seconds }) => [name, seconds])).toEqual([
    ['read beside the watches: calls', 2],
    ['command in a container: node workload.mjs fill', 1],
    ['command in a container: bash', 1],
  ])
})

test('kinds of waits are told by what was waited for', () => {
  const kindOf = (judgement: Partial<Judgement>) =>
    stretchesOf(
      record([...act([0, 0]), { type: 'observation', at: at(1) }], [wait({ startedAt: at(0), untilSeq: 3, ...judgement })], 1),
    ).map(({ kind }) => kind)
  expect(kindOf({})).toEqual(['Pod Ready'])
  expect(kindOf({ name: 'pod-not-ready' })).toEqual(['other state of Pod'])
  expect(kindOf({ name: 'pvcs-bound', kinds: ['PersistentVolumeClaim'] })).toEqual(['other state of PersistentVolumeClaim'])
  expect(kindOf({ verb: 'toStay', within: 1 })).toEqual(['nothing happens (toStay)'])
})

test('the time around a verdict is that for a slot and that of the tear-down', () => {
  const begun = Date.parse(at(-3))
  expect(aroundVerdict({ ...record([]), test: { begun, over: begun + 20_000 } })).toEqual({ queued: 3, tearDown: 7 })
  expect(aroundVerdict(record([]))).toBeUndefined()
})

test('how many guarantees ran at the same time is told in seconds', () => {
  const spans = [
    { startedAt: at(0), endedAt: at(10) },
    { startedAt: at(2), endedAt: at(4) },
    { startedAt: at(12), endedAt: at(13) },
  ]
  expect([...secondsByNumber(spans)]).toEqual([
    [1, 9],
    [2, 2],
    [0, 2],
  ])
})

test('a table has one row for each name, the largest first', () => {
  const stretches = [
    { kind: 'a', what: '', seconds: 1 },
    { kind: 'b', what: '', seconds: 2 },
    { kind: 'b', what: '', seconds: 4 },
  ]
  const lines = tableOf(
    'what',
    totals(stretches, ({ kind }) => kind),
    10,
  ).split('\n')
  expect(lines.slice(2)).toEqual(['| b | 6.0 | 60.0 % | 2 | 3.00 | 4.0 |', '| a | 1.0 | 10.0 % | 1 | 1.00 | 1.0 |'])
})
