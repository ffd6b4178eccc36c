import { expect, test } from 'vitest'
import { readStrangers } from '../../clusters/strangers/stranger.ts'
import type { Decision } from '../budget/budget.ts'
import type { LeftOut } from '../budget/sentences.ts'
import { startStages } from '../budget/stages.ts'
import { mergeSettings } from '../plan/run-plan.ts'
import type { StrangersRun } from './run-strangers.ts'
import { runStrangersStage } from './strangers-stage.ts'

const strangers = readStrangers()
const names = strangers.map(({ name }) => name)
const item = (id: string) => ({ id, concept: id, seconds: 100 })

async function judged(chosen: readonly string[] | undefined) {
  const stages = startStages()
  const leftOut: LeftOut[] = []
  const runs: StrangersRun[] = []
  const decision: Decision = {
    ...{ stage: 'strangers', noun: 'strangers', seconds: 100, referenceSeconds: 100, days: 4, reason: 'some left out' },
    ...{ chosen: (chosen ?? []).map(item), leftOut: [] },
  }
  const budget = chosen === undefined ? undefined : { why: 'left out by the budget', decide: () => decision }
  const { signal } = new AbortController()
  const took = await runStrangersStage(
    { strangers, settings: mergeSettings({}), config: undefined, stages, leftOut, budget, signal },
    async (run) => {
      runs.push(run)
      return { passed: run.strangers.length, failed: 0, skipped: 0, seconds: { [names[0] ?? '']: 77 } }
    },
  )
  return { took, leftOut, stage: stages.done[0], judged: runs.flatMap((run) => run.strangers.map(({ name }) => name)), runs }
}

test('without a budget, the quick part of each stranger is judged', async () => {
  const { took, leftOut, stage, judged: done, runs } = await judged(undefined)
  expect(done).toEqual(names)
  expect(runs[0]).toMatchObject({ quick: true, only: [], retain: false })
  expect(stage).toMatchObject({ name: 'strangers', passed: names.length, failed: 0, skipped: 0, leftOut: undefined })
  expect(took).toEqual([{ name: `stranger ${names[0]}`, passed: 1, failed: 0, skipped: 0, seconds: 77 }])
  expect(leftOut).toEqual([])
})

test('those that there is no time for are left out by name', async () => {
  const { leftOut, stage, judged: done } = await judged(names.slice(1, 2))
  const left = names.filter((name) => name !== names[1])
  expect(done).toEqual(names.slice(1, 2))
  expect(stage).toMatchObject({ passed: 1, skipped: left.length, leftOut: 'some left out' })
  expect(leftOut).toEqual([{ stage: 'strangers', noun: 'strangers', why: 'left out by the budget', names: left }])
})
