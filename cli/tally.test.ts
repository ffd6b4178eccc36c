import { expect, test } from 'vitest'
import { countOne, lastLine, stageTable, totalOf } from './tally.ts'

const stages = [
  { name: 'unit tests', passed: 120, failed: 0, skipped: 0, seconds: 4.21 },
  { name: 'csi-sanity', passed: 40, failed: 1, skipped: 30, seconds: 61 },
]

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
