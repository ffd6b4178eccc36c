import { expect, test } from 'vitest'
import { figuresOf, secondsOfUp } from './figures-of-run.ts'
import { type GoalFigure, goalLines, isReached, medianOf, percentile99 } from './goals.ts'
import { peakOf } from './memory-of-tree.ts'

const goal = { name: 'g', title: 'something', unit: 's' } as const
const at = (seconds: number) => new Date(Date.parse('2026-11-30T10:00:00.000Z') + seconds * 1000).toISOString()
const span = (from: number, to: number) => ({ startedAt: at(from), endedAt: at(to) })

test.each<[string, GoalFigure, boolean | undefined]>([
  ['the median and not the largest', { ...goal, bound: { atMost: 10 }, values: [9, 30, 10] }, true],
  ['too much', { ...goal, bound: { atMost: 10 }, values: [10.1] }, false],
  ['enough', { ...goal, bound: { atLeast: 4 }, values: [4] }, true],
  ['too little', { ...goal, bound: { atLeast: 4 }, values: [3.9] }, false],
  ['each against what was beside it', { ...goal, bound: { beyond: 5 }, values: [30, 60, 31], compared: [26, 56, 20] }, true],
  ['too much beyond', { ...goal, bound: { beyond: 5 }, values: [30], compared: [24] }, false],
  ['a share', { ...goal, bound: { share: 1 / 3 }, values: [10], compared: [30] }, true],
  ['compared with nothing', { ...goal, bound: { beyond: 5 }, values: [1] }, false],
  ['no value', { ...goal, bound: { atMost: 10 }, values: [] }, false],
  ['not measured', { ...goal, bound: { atMost: 10 }, why: 'it broke' }, undefined],
])('a goal is judged: %s', (_, figure, reached) => {
  expect(isReached(figure)).toBe(reached)
})

test('median and 99th percentile are values that occurred', () => {
  expect(medianOf([5, 1, 3])).toBe(3)
  expect(medianOf([4, 1, 3, 2])).toBe(2)
  expect(percentile99(Array.from({ length: 200 }, (_, index) => index + 1))).toBe(198)
})

test('a line has the median, its range, what it is compared with, the goal and whether it was reached', () => {
  const [line, missing] = goalLines([
    { ...goal, bound: { beyond: 5 }, values: [40, 60, 50], compared: [30, 30, 30] },
    { ...goal, bound: { atMost: 5 }, why: 'it broke' },
  ])
  expect(line).toMatch(/something +50\.0 s \(40\.0 to 60\.0\) +against 30\.0 s \(30\.0 to 30\.0\) +at most 5 s more +NOT reached/u)
  expect(missing).toMatch(/something +not measured +at most 5 s +it broke/u)
})

test('a run judged as many at a time as its verdicts took together within the time between them', () => {
  expect(figuresOf({ startedAt: at(0), guarantees: [span(10, 30), span(10, 20), span(20, 30)] })).toEqual({
    firstVerdict: 20,
    judged: 40,
    parallel: 2,
  })
  expect(() => figuresOf({ startedAt: at(0), guarantees: [] })).toThrow('judged nothing')
})

test('what a cluster took is read from what was said of it', () => {
  const said =
    'creating\n  holdfast-a: nodes started after 31.2 s\n  holdfast-a: Pods ready after 40.0 s\n  holdfast-a: all controllers ready after 44.5 s\n'
  expect(secondsOfUp(said)).toEqual({ nodes: 31.2, ready: 44.5 })
  expect(() => secondsOfUp('nodes started after 31.2 s')).toThrow('did not say')
})

test('the memory of a program is the most that its largest process below another had', () => {
  const line = (parent: number, command: string, kilobytes: number) => ({ parent, command, kilobytes })
  const processes = new Map([
    [10, line(1, 'holdfast', 50)],
    [11, line(10, 'node cli/main.ts', 90_000)],
    [12, line(11, 'node vitest.mjs run', 200_000)],
    [13, line(1, 'node vitest.mjs of somebody else', 900_000)],
  ])
  expect(peakOf(processes, { below: 10, of: 'vitest' })).toBe((200_000 * 1024) / 1e6)
  expect(peakOf(processes, { below: 10, of: 'nothing' })).toBe(0)
})
