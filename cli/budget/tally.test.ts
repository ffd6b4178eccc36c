import { expect, test } from 'vitest'
import { countOne, lastLine, stageTable, totalOf } from './tally.ts'

const stages = [
  { name: 'unit tests', passed: 120, failed: 0, skipped: 0, seconds: 4.21 },
  { name: 'csi-sanity', passed: 40, failed: 1, skipped: 30, seconds: 61 },
]

test('says what a stage left out, and why', () => {
  const controls = { name: 'controls', passed: 12, failed: 0, skipped: 90, seconds: 130, leftOut: '90 controls left out by the budget' }
  expect(stageTable([...stages, controls]).at(-1)).toBe('controls    12      0       90       130.0 s  90 controls left out by the budget')
})

test('adds up all stages', () => {
  expect(lastLine(totalOf([...stages, countOne(true), countOne(false)]))).toBe('161 passed, 2 failed, 30 skipped')
})

test('shows one line a stage', () => {
  expect(stageTable(stages).join('\n')).toMatchInlineSnapshot(`
    "stage       passed  failed  skipped  time
    unit tests  120     0       0        4.2 s
    csi-sanity  40      1       30       61.0 s"
  `)
})
