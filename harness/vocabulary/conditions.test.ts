import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from '../engine/history/history-entry.ts'
import { without } from '../engine/history/literal.ts'
import { conditionsWithExamples } from '../testing/examples.ts'

const conditions = await conditionsWithExamples()
const none = { holds: [], not: [] }

describe.each(conditions.map((condition) => [condition.name, condition] as const))(
  'condition %s',
  (_name, { examples = none, mayRead, make }) => {
    const all = [...examples.holds, ...examples.not]

    test('ships a history in which it holds and one in which it does not', () => {
      expect(examples.holds.length).toBeGreaterThan(0)
      expect(examples.not.length).toBeGreaterThan(0)
    })

    test.each(examples.holds)('holds: $title', ({ params, history }) => {
      expect(make(params).holds(history)).toBe(true)
    })

    test.each(examples.not)('does not hold: $title', ({ params, history }) => {
      const condition = make(params)
      expect(condition.holds(history)).toBe(false)
      expect(condition.seen?.(history)).toMatch(/\w/u)
    })

    test.each(all)('reads no kind but those it declares: $title', ({ params, history }) => {
      const condition = make(params)
      const isUndeclared = (kind: string) => !condition.reads.includes(kind)
      expect(condition.holds(without(history, isUndeclared))).toBe(condition.holds(history))
      const isForeign = (kind: string) => isUndeclared(kind) && !mayRead.includes(kind)
      const isInVain = (entries: typeof history) => condition.unreachable?.(entries) !== undefined
      expect(isInVain(without(history, isForeign))).toBe(isInVain(history))
    })

    test('reads each kind that it declares', () => {
      const outcome = (condition: ReturnType<typeof make>, entries: readonly HistoryEntry[]) =>
        `${condition.holds(entries)} ${condition.unreachable?.(entries) !== undefined}`
      const used = all.flatMap(({ params, history }) => {
        const condition = make(params)
        const isUsed = (kind: string) =>
          outcome(
            condition,
            without(history, (one) => one === kind),
          ) !== outcome(condition, history)
        return [...condition.reads, ...mayRead].filter(isUsed)
      })
      const declared = [...mayRead, ...all.flatMap(({ params }) => make(params).reads)]
      expect(declared.filter((kind) => !used.includes(kind))).toEqual([])
    })

    test('says the same after its parameters went through JSON', () => {
      for (const { params, history } of all) {
        expect(make(JSON.parse(JSON.stringify(params))).holds(history)).toBe(make(params).holds(history))
      }
    })
  },
)
