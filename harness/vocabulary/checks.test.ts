import { describe, expect, test } from 'vitest'
import { judgeCheck } from '../engine/judge/define-check.ts'
import { checksWithExamples } from '../testing/examples.ts'
import { without } from '../engine/history/literal.ts'

const checks = await checksWithExamples()
const none = { upholds: [], rejects: [], gaps: [] }

describe.each(checks.map((check) => [check.name, check] as const))('check %s', (_name, { examples = none, make }) => {
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

  const all = [...examples.upholds, ...examples.rejects, ...examples.gaps]

  test.each(all)('reads no kind but those it declares: $title', ({ params, history }) => {
    const check = make(params)
    const declared = without(history, (kind) => !check.reads.includes(kind))
    expect(judgeCheck(check, declared)).toEqual(judgeCheck(check, history))
  })

  test('reads each kind that it declares', () => {
    const used = all.flatMap(({ params, history }) => {
      const check = make(params)
      const judgement = JSON.stringify(judgeCheck(check, history))
      return check.reads.filter(
        (kind) =>
          JSON.stringify(
            judgeCheck(
              check,
              without(history, (one) => one === kind),
            ),
          ) !== judgement,
      )
    })
    expect(all.flatMap(({ params }) => make(params).reads).filter((kind) => !used.includes(kind))).toEqual([])
  })

  test('is inconclusive where a kind that it reads was not watched', () => {
    for (const { params, history } of [...examples.upholds, ...examples.rejects]) {
      const check = make(params)
      for (const kind of check.reads) {
        const judgement = judgeCheck(check, [...history, { seq: history.length, at: '', type: 'gap', kind, reason: 'Nobody watched.' }])
        expect(judgement).toMatchObject({ outcome: 'inconclusive', reason: { entries: [history.length] } })
      }
    }
  })

  test('is inconclusive over an empty history', () => {
    const [example] = examples.upholds
    expect(judgeCheck(make(example?.params), [])).toMatchObject({ outcome: 'inconclusive' })
  })

  test('judges the same after its parameters went through JSON', () => {
    for (const { params, history } of all) {
      expect(judgeCheck(make(JSON.parse(JSON.stringify(params))), history)).toEqual(judgeCheck(make(params), history))
    }
  })
})
