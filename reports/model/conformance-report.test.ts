import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { jsonSchemaText, resultOf, totalsOf } from './conformance-report.ts'

test('the checked-in JSON Schema is the one the schema generates', async () => {
  const checkedIn = await readFile(new URL('../conformance-report.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(checkedIn), 'run `node reports/write-schema.ts`').toEqual(JSON.parse(jsonSchemaText()))
})

describe('resultOf', () => {
  const must = (verdict: 'Passed' | 'Failed' | 'Inconclusive' | 'NotSupported') => ({ verdict, level: 'MUST' as const })

  test('success needs every MUST Passed, and at least one', () => {
    expect(resultOf([must('Passed'), must('Passed')])).toBe('success')
    expect(resultOf([])).toBe('partial')
    expect(resultOf([{ verdict: 'Passed', level: 'SHOULD' }])).toBe('partial')
  })

  test('an inconclusive or unsupported MUST makes partial, an inconclusive SHOULD does not', () => {
    expect(resultOf([must('Passed'), must('Inconclusive')])).toBe('partial')
    expect(resultOf([must('Passed'), must('NotSupported')])).toBe('partial')
    expect(resultOf([must('Passed'), { verdict: 'Inconclusive', level: 'SHOULD' }])).toBe('success')
  })

  test('anything Failed makes failure', () => {
    expect(resultOf([must('Passed'), must('Inconclusive'), { verdict: 'Failed', level: 'MAY' }])).toBe('failure')
  })
})

test('totals count the four verdicts apart', () => {
  const verdicts = ['Passed', 'Passed', 'Failed', 'Inconclusive', 'NotSupported'] as const
  expect(totalsOf(verdicts.map((verdict) => ({ verdict, level: 'MUST' })))).toEqual({
    guarantees: 5,
    Passed: 2,
    Failed: 1,
    Inconclusive: 1,
    NotSupported: 1,
  })
})
