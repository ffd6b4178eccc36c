import { expect, test } from 'vitest'
import { historyOf, type LiteralEntry, seen } from '../history/literal.ts'
import { defineCheck, judgeCheck } from './define-check.ts'
import { inconclusive } from './judgement.ts'
import { latenessIn } from './lateness.ts'

const subject = { kind: 'VolumeSnapshot', name: 'moment' }
const accepted: LiteralEntry = {
  ...{ type: 'act', actId: '1', verb: 'apply', subject, phase: 'accepted' },
  answer: { code: 200, reason: 'OK', message: 'resourceVersion 1' },
}
const brought = seen('VolumeSnapshot', 'moment')
const silence: LiteralEntry = { type: 'mark', name: 'Watch of /x: no data for 90 s, reopened.', lateWatchOf: 'VolumeSnapshot' }
/** Entries lie a tenth of a second apart. */
const oneSecond = Array.from({ length: 10 }, (): LiteralEntry => ({ type: 'mark', name: 'meanwhile' }))
const late = 'the watch of VolumeSnapshots was late: it brought moment 1.1 s after the API server had accepted it.'

test('a watch that brings what was accepted more than a second later is late', () => {
  expect(latenessIn(historyOf(accepted, ...oneSecond, brought), ['VolumeSnapshot'])).toBe(late)
})

test('a prompt watch, a watch of another kind, another version, and what never came are not late', () => {
  expect(latenessIn(historyOf(accepted, brought, ...oneSecond, brought), ['VolumeSnapshot'])).toBeUndefined()
  expect(latenessIn(historyOf(accepted, ...oneSecond, brought), ['Pod'])).toBeUndefined()
  expect(latenessIn(historyOf(accepted, ...oneSecond), ['VolumeSnapshot'])).toBeUndefined()
})

test('a watch that was silent is late', () => {
  expect(latenessIn(historyOf(silence), ['VolumeSnapshot'])).toBe(
    'the watch of VolumeSnapshots was late: Watch of /x: no data for 90 s, reopened.',
  )
})

test('of several watches that were late, the latest is named: the one that was late by most', () => {
  const was = (kind: string, lateBy: number): LiteralEntry => ({
    type: 'mark',
    name: `Watch of /${kind}: late.`,
    lateWatchOf: kind,
    lateBy,
  })
  const kinds = ['Pod', 'VolumeSnapshot', 'Event']
  const marks = [was('Pod', 2.5), was('Event', 30), was('Pod', 2.5), was('Node', 90)]
  expect(latenessIn(historyOf(...marks), kinds)).toBe('the watch of Events was late: Watch of /Event: late.')
  expect(latenessIn(historyOf(was('Pod', 1), accepted, ...oneSecond, brought), kinds)).toBe(late)
  expect(latenessIn(historyOf(was('Pod', 2.5), accepted, ...oneSecond, brought), kinds)).toBe(
    'the watch of Pods was late: Watch of /Pod: late.',
  )
})

test('lateness that was over before a wait began does not matter to it', () => {
  const history = historyOf({ ...silence, lateBy: 90 }, accepted, ...oneSecond, brought)
  const [, began, , soonAfter] = history
  expect(latenessIn(history, ['VolumeSnapshot'])).toContain('no data for 90 s')
  expect(latenessIn(history, ['VolumeSnapshot'], began?.at)).toBe(late)
  expect(latenessIn(history, ['VolumeSnapshot'], soonAfter?.at)).toBe(late)
  expect(latenessIn(historyOf(accepted, ...oneSecond, brought, ...oneSecond), ['VolumeSnapshot'], '2023-11-14T22:13:22Z')).toBeUndefined()
})

test('a mark of a version that did not note how late the watch was is named as that version named it: the first of them', () => {
  const { lateBy: _, ...other } = { ...silence, lateBy: 0, name: 'Watch of /y: closed for 3.0 s, reopened.' }
  expect(latenessIn(historyOf(silence, other, accepted, ...oneSecond, brought), ['VolumeSnapshot'])).toContain('no data for 90 s')
})

test('a check that missed its moment says which watch was late, and says nothing where none was', () => {
  const missed = defineCheck<null>({
    name: 'missedForTest',
    reads: ['VolumeSnapshot'],
    describe: () => 'it waits',
    judge: () => inconclusive('It was ready too soon.'),
  })(null)
  const summary = (history: ReturnType<typeof historyOf>) => judgeCheck(missed, history)
  expect(summary(historyOf(accepted, ...oneSecond, brought))).toMatchObject({
    reason: { summary: `It was ready too soon. T${late.slice(1)}` },
  })
  expect(summary(historyOf(accepted, brought))).toMatchObject({ reason: { summary: 'It was ready too soon.' } })
})
