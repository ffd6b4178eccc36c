import { describe, expect, test } from 'vitest'
import { judgeCheck, registeredChecks } from '../define-check.ts'
import './index.ts'

describe.each(registeredChecks().map((check) => [check.name, check] as const))('check %s', (_name, { examples, make }) => {
  test('ships a history it upholds, one it rejects and one it abstains on', () => {
    expect(examples.upholds.length).toBeGreaterThan(0)
    expect(examples.rejects.length).toBeGreaterThan(0)
    expect(examples.gaps.length).toBeGreaterThan(0)
  })

  test.each(examples.upholds)('upholds: $title', ({ params, history }) => {
    expect(judgeCheck(make(params), history)).toMatchObject({ outcome: 'upheld' })
  })

  test.each(examples.rejects)('rejects: $title', ({ params, history }) => {
    const judgement = judgeCheck(make(params), history)
    expect(judgement).toMatchObject({ outcome: 'violated', reason: { summary: expect.stringMatching(/^[A-Z].+\.$/u) } })
  })

  test.each(examples.gaps)('is inconclusive: $title', ({ params, history }) => {
    expect(judgeCheck(make(params), history)).toMatchObject({ outcome: 'inconclusive' })
  })

  test('is inconclusive over an empty history', () => {
    const [example] = examples.upholds
    expect(judgeCheck(make(example?.params), [])).toMatchObject({ outcome: 'inconclusive' })
  })

  test('judges the same after its parameters went through JSON', () => {
    for (const { params, history } of [...examples.upholds, ...examples.rejects, ...examples.gaps]) {
      expect(judgeCheck(make(JSON.parse(JSON.stringify(params))), history)).toEqual(judgeCheck(make(params), history))
    }
  })
})
