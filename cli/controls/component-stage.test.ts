import { expect, test } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { startBudget } from '../budget/budget.ts'
import { readDurations } from '../budget/durations.ts'
import { componentMutantsOf } from '../budget/parts.ts'
import { type LeftOut, leftOutLines } from '../budget/sentences.ts'
import { planRun } from '../plan/run-plan.ts'
import { type ComponentMeans, runComponentStage } from './component-stage.ts'
import type { KillRow } from './kill-table.ts'
import type { ComponentControls, ComponentResult } from './run-component-controls.ts'

const plan = planRun([], { profile: 'full' })
const mutants = componentMutantsOf(plan.guarantees)
const features = [...new Set(plan.guarantees.flatMap(({ requires }) => requires))]
const record = { versions: { kubernetes: 'v1.37.2' }, features } as Partial<ClusterRecord> as ClusterRecord
const why = 'left out by the budget of 50 minutes on 2026-11-28'

interface Given extends Partial<Omit<ComponentMeans, 'run'>> {
  readonly on?: ClusterRecord
  /** What the run says instead of a kill for each. */
  readonly result?: Partial<ComponentResult>
  readonly withBudget?: boolean
}

function rowOf(mutant: string, more: Partial<KillRow> = {}): KillRow {
  return { ...{ mutant, guarantee: 'a/b', verdict: 'Failed', reason: '', effect: 'it was reached', killedBy: '', killed: true }, ...more }
}

/** Runs the stage with components that are killed unless something else is said, and returns what was run and left out. */
async function stage({ on = record, result, withBudget = false, whyNone, whyNot }: Given) {
  const ran: Pick<ComponentControls, 'chosen' | 'budget'>[] = []
  const left: LeftOut[] = []
  const budget = startBudget({
    ...{ minutes: 50, profiles: [plan], elsewhere: [], stages: { done: [] }, durations: readDurations(), probed: 1 },
    ...{ now: new Date('2026-11-28T12:00:00Z'), elapsed: () => 0, log: () => undefined, isBuilt: () => true },
  })
  const outcome = await runComponentStage({
    ...{ plan, run: { id: 'r', path: '/nowhere' }, record: on, signal: new AbortController().signal },
    budget: withBudget ? budget : undefined,
    leaveOut: (one) => left.push(one),
    means: {
      print: () => undefined,
      whyNone: whyNone ?? (async () => Promise.resolve(undefined)),
      whyNot: whyNot ?? (async () => Promise.resolve(undefined)),
      async run({ chosen, budget: time }) {
        ran.push({ chosen, budget: time })
        return Promise.resolve({ rows: chosen.map(({ name }) => rowOf(name)), leftOut: [], notBegun: [], ...result })
      },
    },
  })
  return { outcome, left, ran, chosen: ran.flatMap((one) => one.chosen) }
}

test('without a budget every mutant runs, and without a limit of time', async () => {
  const { outcome, left, ran, chosen } = await stage({})
  expect(chosen).toEqual(mutants)
  expect([ran[0]?.budget, left]).toEqual([undefined, []])
  expect(outcome).toEqual({ passed: mutants.length, failed: 0, skipped: 0, failedTests: [], leftOut: undefined })
})

test('a mutant that nothing noticed has failed, one that nothing can notice has passed, one that cannot run is skipped', async () => {
  const rows = [rowOf('noticed'), rowOf('alive', { killed: false }), rowOf('alike', { killed: false, equivalent: 'It is the same.' })]
  const leftOut = [{ control: 'moved a/b', why: 'There is no file a.go.' }]
  const { outcome, left } = await stage({ result: { rows, leftOut } })
  expect(outcome).toMatchObject({ passed: 2, failed: 1, skipped: 1 })
  expect(left).toMatchObject([{ stage: 'component mutants', why: 'left out: There is no file a.go', names: ['moved a/b'] }])
})

test('a budget runs those of one component, in its time, and names the others', async () => {
  const { outcome, left, ran, chosen } = await stage({ withBudget: true })
  expect(new Set(chosen.map(({ component }) => component)).size).toBe(1)
  expect(chosen.length).toBeGreaterThanOrEqual(2)
  expect(ran[0]?.budget).toMatchObject({ least: 2 })
  expect(left).toMatchObject([{ stage: 'component mutants', noun: 'mutants of components', why }])
  expect(left[0]?.names).toHaveLength(mutants.length - chosen.length)
  const skipped = mutants.length - chosen.length
  expect(outcome).toMatchObject({ passed: chosen.length, failed: 0, skipped, leftOut: `${skipped} mutants of components ${why}` })
})

test('what was planned and not begun is left out for lack of time, too', async () => {
  const { outcome } = await stage({ withBudget: true, result: { rows: [], notBegun: mutants.map((one) => `${one.name} ${one.killedBy}`) } })
  expect(outcome).toMatchObject({
    passed: 0,
    failed: 0,
    skipped: mutants.length,
    leftOut: `${mutants.length} mutants of components ${why}`,
  })
})

test.each([true, false])('without Go nothing runs, and a sentence says why; with a budget: %s', async (withBudget) => {
  const { outcome, left, ran } = await stage({ withBudget, whyNone: async () => Promise.resolve('Go is not installed') })
  expect(ran).toEqual([])
  const leftOut = `${mutants.length} mutants of components left out: Go is not installed`
  expect(outcome).toMatchObject({ passed: 0, failed: 0, skipped: mutants.length, leftOut })
  const lines = leftOutLines(left)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^component mutants: \d+ mutants of components left out: Go is not installed: .+\.$/)
})

test('a component whose sources cannot be had costs the others nothing', async () => {
  const whyNot: ComponentMeans['whyNot'] = async (component) => Promise.resolve(component === 'kubelet' ? 'it has no sources' : undefined)
  const { outcome, chosen } = await stage({ whyNot })
  expect(new Set(chosen.map(({ component }) => component)).has('kubelet')).toBe(false)
  expect(outcome).toMatchObject({ passed: chosen.length, skipped: mutants.length - chosen.length })
  expect(chosen.length).toBeGreaterThan(mutants.length / 2)
})

test('what the cluster cannot put to the test is neither run nor left out', async () => {
  const none = await stage({ on: { ...record, features: [] } })
  expect(none.chosen.length).toBeLessThan(mutants.length)
  expect(none.left).toEqual([])
  const subject = { name: 'd', version: '1', files: [], namespaces: [] } as Partial<ClusterRecord['subject']> as ClusterRecord['subject']
  const { chosen } = await stage({ on: { ...record, ...(subject && { subject }) } })
  expect(chosen.filter(({ component }) => /^csi|^snapshot/.test(component))).toEqual([])
})
