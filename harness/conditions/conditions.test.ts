import { describe, expect, test } from 'vitest'
import { registeredConditions } from '../define-condition.ts'
import './index.ts'

describe.each(registeredConditions().map((condition) => [condition.name, condition] as const))(
  'condition %s',
  (_name, { examples, make }) => {
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

    test('says the same after its parameters went through JSON', () => {
      for (const { params, history } of [...examples.holds, ...examples.not]) {
        expect(make(JSON.parse(JSON.stringify(params))).holds(history)).toBe(make(params).holds(history))
      }
    })
  },
)
