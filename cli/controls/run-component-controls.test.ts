import { expect, test } from 'vitest'
import { isOver } from './run-component-controls.ts'

test.each([
  { begun: 0, seconds: 150, over: false },
  { begun: 2, seconds: 99, over: false },
  { begun: 2, seconds: 100, over: true },
  { begun: 0, seconds: 200, over: true },
])('with a minimum of 2, 100 s and 200 s at most, $begun after $seconds s: over is $over', ({ begun, seconds, over }) => {
  expect(isOver({ seconds: 100, least: 2, latest: 200 }, { begun, seconds })).toBe(over)
})

test('without a limit the minimum is begun however late it is', () => {
  expect(isOver({ seconds: 1, least: 1 }, { begun: 0, seconds: 100_000 })).toBe(false)
})
