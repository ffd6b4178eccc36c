import { expect, test } from 'vitest'
import type { Decision } from '../budget/budget.ts'
import type { LeftOut } from '../budget/sentences.ts'
import { type Outcome, startStages } from '../budget/stages.ts'
import { runElsewhere, type TriedElsewhere } from './elsewhere-stage.ts'

const passed: Outcome = { passed: 1, failed: 0, skipped: 0 }
const names = ['stranger one', 'page two', 'page three']

async function tried({
  chosen,
  items = {},
}: {
  readonly chosen?: readonly string[]
  readonly items?: Record<string, Partial<TriedElsewhere>>
}) {
  const stages = startStages()
  const leftOut: LeftOut[] = []
  const done: string[] = []
  const all = names.map((id): TriedElsewhere => {
    const run = async () => {
      done.push(id)
      return passed
    }
    return { id, run, ...items[id] }
  })
  const budget = chosen && {
    why: 'left out by the budget',
    decide(stage: string, supported: (id: string) => boolean = () => true): Decision {
      const part = {
        stage,
        noun: 'strangers and pages',
        seconds: 100,
        latest: 100,
        referenceSeconds: 100,
        days: 4,
        reason: 'some left out',
        leftOut: [],
      }
      return { ...part, chosen: chosen.filter(supported).map((id) => ({ id, concept: id, seconds: 100 })) }
    },
  }
  const took = await runElsewhere({ items: all, stages, leftOut, budget, signal: new AbortController().signal })
  return { took: took.map(({ name }) => name), leftOut, stage: stages.done[0], done }
}

test('without a budget everything is tried', async () => {
  const { took, leftOut, stage, done } = await tried({})
  expect([done, took, leftOut]).toEqual([names, names, []])
  expect(stage).toMatchObject({ name: 'elsewhere', passed: 3, failed: 0, skipped: 0, leftOut: undefined })
})

test('what there is no time for is left out by name', async () => {
  const { leftOut, stage, done } = await tried({ chosen: ['page two'] })
  expect(done).toEqual(['page two'])
  expect(stage).toMatchObject({ passed: 1, skipped: 2, leftOut: 'some left out' })
  expect(leftOut).toMatchObject([{ stage: 'elsewhere', why: 'left out by the budget', names: ['stranger one', 'page three'] }])
})

test('what a run with a budget cannot try is left out with its reason, and tried without one', async () => {
  const items = { 'page two': { whyNot: async () => 'without an image' } }
  const { leftOut, stage, done } = await tried({ chosen: ['page two', 'page three'], items })
  expect(done).toEqual(['page three'])
  expect(stage).toMatchObject({ passed: 1, skipped: 2 })
  expect(leftOut).toMatchObject([{ names: ['stranger one'] }, { why: 'without an image', names: ['page two'] }])
  expect((await tried({ items })).done).toEqual(names)
})

test('what throws has failed by name, and the others are tried', async () => {
  const items = { 'stranger one': { run: async () => Promise.reject(new Error('no cluster')) } }
  const { took, stage, done } = await tried({ items })
  expect([done, took]).toEqual([names.slice(1), names.slice(1)])
  expect(stage).toMatchObject({
    passed: 2,
    failed: 1,
    failedTests: [{ name: 'stranger one', message: expect.stringContaining('no cluster') }],
  })
})
