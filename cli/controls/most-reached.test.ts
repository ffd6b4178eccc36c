import { expect, test } from 'vitest'
import { mostReached } from './run-component-controls.ts'

/** Gives one answer after the other, then the last one again, and tells when that was given. */
function answering(...answers: readonly [() => Promise<number>, ...(() => Promise<number>)[]]) {
  const { promise: given, resolve } = Promise.withResolvers<void>()
  let next = 0
  const ask = async () => {
    const answer = answers[Math.min(next++, answers.length - 1)] ?? answers[0]
    if (next >= answers.length) resolve()
    return answer()
  }
  return { ask, given }
}

const logged = (times: number) => async () => Promise.resolve(times)

test('what was logged counts although its log is gone in the end', async () => {
  const { ask, given } = answering(logged(1), logged(3), logged(0))
  const reached = mostReached(ask, 1)
  await given
  expect(await reached.end()).toBe(3)
})

test('a look that fails on the way changes nothing, and one that fails in the end is an error', async () => {
  const lost = new Error('the node does not answer')
  const fails = async () => Promise.reject(lost)
  const { ask, given } = answering(fails, logged(2), fails)
  const reached = mostReached(ask, 1)
  await given
  await expect(reached.end()).rejects.toBe(lost)
})

test('a run that ends at once is looked at once', async () => {
  expect(await mostReached(logged(4), 60_000).end()).toBe(4)
})
