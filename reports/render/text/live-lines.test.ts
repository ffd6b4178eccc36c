import { expect, test } from 'vitest'
import { finishedLine, liveLines } from './live-lines.ts'

const running = (id: string) => ({ id, state: 'running' as const, seconds: 12.4, step: 'Pod web-1 Pending' })

test('running guarantees show what they did last; waiting ones are counted; lines fit the screen', () => {
  const rows = [running('statefulset/ordered-startup'), { ...running('expansion/online'), state: 'waiting' as const }]
  expect(liveLines(rows, { columns: 60, rows: 20, now: 0 })).toEqual([
    '⠋ statefulset/ordered-startup    12 s  Pod web-1 Pending',
    '  1 waiting',
  ])
  expect(liveLines(rows, { columns: 40, rows: 20, now: 0 })[0]).toHaveLength(39)
})

test('more guarantees than rows are counted', () => {
  const rows = Array.from({ length: 9 }, (_, index) => running(`a/${index}`))
  expect(liveLines(rows, { columns: 80, rows: 5, now: 0 })).toHaveLength(3)
  expect(liveLines(rows, { columns: 80, rows: 5, now: 0 }).at(-1)).toBe('  7 more running')
})

test('a finished guarantee is one line, with the first line of its reason below', () => {
  const finished = { id: 'expansion/online', seconds: 3, colour: false }
  expect(finishedLine({ ...finished, verdict: 'Passed', reason: undefined })).toBe('Passed        expansion/online  3.0 s')
  expect(finishedLine({ ...finished, verdict: 'Failed', reason: 'It shrank.\n  expected' })).toBe(
    'Failed        expansion/online  3.0 s\n              It shrank.',
  )
})
