import { expect, test } from 'vitest'
import type { JudgementRecord } from '../history/judgement-record.ts'
import type { Limit } from '../platform-limits.ts'
import { windowOf } from './stay-window.ts'

const start = Date.parse('2026-11-28T12:00:00Z')
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()
const growing: Limit = { seconds: 15, from: 'the least for what stays', grows: true }

/** A wait that began at the start and ended at its only entry, after so many seconds. */
const reached = (took: number, more: Partial<JudgementRecord> = {}) => ({
  entry: { type: 'mark', seq: 0, at: at(took), name: 'reached' } as const,
  judgement: {
    ...{ verb: 'toReach', name: 'pod-ready', params: {}, description: 'Pod web-0 is Ready', fromSeq: 0, untilSeq: 1 },
    ...{ startedAt: at(0), reads: ['Pod'], outcome: 'upheld' },
    ...more,
  } as JudgementRecord,
})
const windowAfter = (reads: readonly string[], seen?: ReturnType<typeof reached>, limit: Limit = growing) => {
  const condition = { name: 'stays', params: {}, description: 'it stays', reads, holds: () => true }
  const history = { entries: seen === undefined ? [] : [seen.entry], judgements: seen === undefined ? [] : [seen.judgement] }
  return windowOf(limit, { condition, history })
}

test('a window that grows is three times what the same kind was seen to take', () => {
  expect(windowAfter(['Pod'], reached(8))).toEqual({ seconds: 24, from: '3 times the 8.0 s of "Pod web-0 is Ready"' })
  expect(windowAfter(['Pod'], reached(3))).toBe(15)
  expect(windowAfter(['Pod'], reached(40))).toMatchObject({ seconds: 60 })
})

test('what another kind took, what was missed and what stayed say nothing of it', () => {
  expect(windowAfter(['Job'], reached(8))).toBe(15)
  expect(windowAfter(['Pod'], reached(8, { outcome: 'violated' }))).toBe(15)
  expect(windowAfter(['Pod'], reached(8, { verb: 'toStay' }))).toBe(15)
})

test('of PersistentVolumeClaims and PersistentVolumes it lasts beyond the next look of their controller', () => {
  expect(windowAfter(['PersistentVolumeClaim'])).toEqual({
    seconds: 16,
    from: 'the controller of PersistentVolumeClaims looks again every 15 s',
  })
  expect(windowAfter(['Pod', 'PersistentVolume'], reached(9))).toMatchObject({ seconds: 27 })
})

test('a limit that does not grow is what it is', () => {
  expect(windowAfter(['Pod'], reached(30), 70)).toBe(70)
  expect(windowAfter(['Pod'], reached(30), { seconds: 70, from: 'the driver' })).toEqual({ seconds: 70, from: 'the driver' })
})
