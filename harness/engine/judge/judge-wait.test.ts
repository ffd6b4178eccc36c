import { expect, test } from 'vitest'
import { gap, historyOf, type LiteralEntry, seen } from '../history/literal.ts'
import type { Condition } from './check.ts'
import { latest } from '../object.ts'
import { judgeWait, type EndedWait } from './judge-wait.ts'

const bound: Condition = {
  name: 'bound',
  params: {},
  reads: ['PersistentVolumeClaim'],
  description: 'PersistentVolumeClaim data Bound',
  holds: (history) => JSON.stringify(history.at(-1)).includes('Bound'),
}

const pending = seen('PersistentVolumeClaim', 'data', { status: { phase: 'Pending' } })
const done = seen('PersistentVolumeClaim', 'data', { status: { phase: 'Bound' } })

const failed = seen('PersistentVolumeClaim', 'data', { status: { phase: 'Lost' } })

function reachedAfter(limit: number, ...entries: readonly LiteralEntry[]) {
  const history = historyOf(...entries)
  const wait: EndedWait = {
    ...{ verb: 'toReach', condition: bound, subject: 'PVCs', kinds: ['PersistentVolumeClaim'], reads: bound.reads },
    ...{ fromSeq: 1, untilSeq: history.length, startedAt: history[0]?.at ?? '', within: limit },
  }
  return judgeWait(wait, history)
}

test('what was reached within its limit is upheld', () => {
  expect(reachedAfter(1, pending, done).outcome).toBe('upheld')
})

test('what was seen after its limit is inconclusive, and a gap in the watch is told', () => {
  const summary = 'PVCs reached "PersistentVolumeClaim data Bound", but Holdfast saw it only after the limit of 0.1 s'
  expect(reachedAfter(0.1, pending, pending, done)).toMatchObject({ outcome: 'inconclusive', reason: { summary: `${summary}.` } })
  expect(reachedAfter(0.1, pending, gap('PersistentVolumeClaim'), done)).toMatchObject({
    outcome: 'inconclusive',
    reason: { summary: expect.stringContaining(`${summary}: the watch of PersistentVolumeClaim has a gap: `) },
  })
})

test('what was seen too late because its watch was closed or silent says so; lateness of another kind explains nothing', () => {
  const late = (kind: string): LiteralEntry => ({ type: 'mark', name: 'Watch of /x: no data for 90 s, reopened.', lateWatchOf: kind })
  expect(reachedAfter(0.1, pending, late('PersistentVolumeClaim'), done)).toMatchObject({
    outcome: 'inconclusive',
    reason: { summary: expect.stringMatching(/: the watch of PersistentVolumeClaims was late: .* no data for 90 s, reopened\.$/) },
  })
  expect(reachedAfter(0.1, pending, late('Pod'), done)).toMatchObject({
    outcome: 'inconclusive',
    reason: { summary: expect.stringMatching(/only after the limit of 0.1 s\.$/) },
  })
  expect(reachedAfter(1, pending, late('PersistentVolumeClaim'), done).outcome).toBe('upheld')
  const { reason } = judgeWait(
    {
      ...{ verb: 'toReach', condition: bound, subject: 'PVCs', kinds: bound.reads, reads: bound.reads },
      ...{ fromSeq: 2, untilSeq: 5, startedAt: historyOf(pending, pending)[1]?.at ?? '', within: 0.1 },
    },
    historyOf(late('PersistentVolumeClaim'), pending, pending, pending, done),
  )
  expect(reason?.summary).toMatch(/only after the limit of 0.1 s\.$/)
})

test('what had seemed to be reached, and cannot be any more, says why', () => {
  const history = historyOf(done, failed)
  const condition: Condition = { ...bound, unreachable: () => 'PersistentVolumeClaim data is Lost.' }
  const wait: EndedWait = {
    ...{ verb: 'toReach', condition, subject: 'PVCs', kinds: bound.reads, reads: bound.reads, heldAtFirst: true },
    ...{ fromSeq: 2, untilSeq: 2, startedAt: history[0]?.at ?? '', within: 60 },
  }
  expect(judgeWait(wait, history)).toMatchObject({
    outcome: 'inconclusive',
    reason: { summary: expect.stringMatching(/ caught up, and cannot reach it again: PersistentVolumeClaim data is Lost\.$/) },
  })
})

/** That no Pod of a name is there was judged, over such a history. */
function absentIn(pod: string, verb: EndedWait['verb'], ...entries: readonly LiteralEntry[]) {
  const history = historyOf(...entries)
  const condition: Condition = {
    ...{ name: 'absent', params: { pods: [pod] }, reads: ['Pod'], description: `no Pod ${pod}` },
    holds: (past) => latest(past, 'Pod', pod) === undefined,
  }
  const wait = { verb, condition, subject: 'Pods', kinds: ['Pod'], reads: condition.reads, startedAt: history[0]?.at ?? '', within: 15 }
  return judgeWait({ ...wait, fromSeq: history.length, untilSeq: history.length }, history)
}

const act = { type: 'act', actId: '1', verb: 'apply', phase: 'accepted' } as const
const web: LiteralEntry = { ...act, subject: { kind: 'StatefulSet', name: 'web', namespace: 'hf-example' } }

test('that something is absent is not upheld where nothing of its name was ever there or asked for', () => {
  const summary = 'Pods: Pod tpyo was never seen nor asked for, so nothing shows that "no Pod tpyo" could be otherwise.'
  for (const verb of ['toStay', 'toReach', 'until'] as const)
    expect(absentIn('tpyo', verb, web, seen('Pod', 'web-0'))).toMatchObject({ outcome: 'inconclusive', reason: { summary } })
  expect(absentIn('web-0', 'toStay', seen('Pod', 'copy/web-0'), seen('Pod', 'other')).outcome).toBe('inconclusive')
})

test('what was deleted, what was asked for, and what belongs to what was asked for is known', () => {
  expect(absentIn('web-0', 'toStay', seen('Pod', 'web-0', { event: 'DELETED' })).outcome).toBe('upheld')
  expect(absentIn('web-1', 'toStay', web, seen('Pod', 'web-0')).outcome).toBe('upheld')
  const single: LiteralEntry = { ...act, subject: { kind: 'Pod', name: 'single', namespace: 'hf-example' } }
  expect(absentIn('single', 'toStay', single, seen('Pod', 'other')).outcome).toBe('upheld')
  expect(absentIn('copy/single', 'toStay', single, seen('Pod', 'other')).outcome).toBe('upheld')
})
