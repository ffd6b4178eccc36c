import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { mostReached } from './run-component-controls.ts'

/** Gives one answer after the other, then the last one again, and tells when that was given. */
function answering(...answers: readonly [() => Promise<number>, ...(() => Promise<number>)[]]) {
  const { promise: given, resolve } = Promise.withResolvers<void>()
  let asked = 0
  const ask = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)] ?? answers[0]
    if (asked >= answers.length) resolve()
    return answer()
  }
  return { ask, given, count: () => asked }
}

const logged = (times: number) => async () => Promise.resolve(times)
const during = async () => Promise.resolve()

test('what was logged counts although its log is gone in the end', async () => {
  const { ask, given } = answering(logged(1), logged(3), logged(0))
  expect(await mostReached(ask, { during: async () => given, every: 1 })).toBe(3)
})

test('a look that fails on the way changes nothing, and one that fails in the end is an error', async () => {
  const lost = new Error('the node does not answer')
  const fails = async () => Promise.reject(lost)
  const { ask, given } = answering(fails, logged(2), fails)
  await expect(mostReached(ask, { during: async () => given, every: 1 })).rejects.toBe(lost)
})

test('a run that ends at once is looked at once', async () => {
  expect(await mostReached(logged(4), { during, every: 60_000 })).toBe(4)
})

test('nobody is asked any more once the work has failed', async () => {
  const broken = new Error('the suites could not be started')
  const { ask, given, count } = answering(logged(1), logged(1))
  const failing = async () => given.then(async () => Promise.reject(broken))
  await expect(mostReached(ask, { during: failing, every: 1 })).rejects.toBe(broken)
  const asked = count()
  await setTimeout(20)
  expect(count()).toBe(asked)
})
