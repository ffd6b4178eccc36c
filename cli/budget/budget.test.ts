import { expect, test } from 'vitest'
import { planRun } from '../plan/run-plan.ts'
import type { Stage } from './tally.ts'
import { type Decision, startBudget } from './budget.ts'
import { readDurations } from './durations.ts'
import { conformancePart } from './parts.ts'
import { makePlan } from './plan.ts'
import { dayOf, leastOfDay, secondsOf } from './rotation.ts'

const elsewhere = ['stranger local-path', 'page docs/judge-a-csi-driver.md']
const profiles = (['full', 'velero'] as const).map((profile) => planRun([], { profile }))
const names = ['conformance', 'controls', 'velero: conformance', 'velero: controls']
const durations = readDurations()
const now = new Date('2026-11-28T12:00:00Z')

interface Machine {
  readonly minutes: number
  /** How many times as long as the reference machine it takes for everything. */
  readonly slowness: number
  /** What the probe finds instead. */
  readonly probed?: number
  readonly imageMinutes: number
  /** Whether programs with mutants are built already; no mutant of a component runs when absent. */
  readonly isBuilt?: boolean
  /** Days after the first one. */
  readonly day?: number
  /** By how much the last controls take longer than was planned. */
  readonly overrunMinutes?: number
}

/** A run on a machine that takes for everything what was planned, so many times as long. Returns when it ended, and what it did. */
function runOn({ minutes, slowness, probed = slowness, imageMinutes, overrunMinutes = 0, isBuilt, day = 0 }: Machine) {
  const done: Stage[] = []
  const lines: string[] = []
  const components: Decision[] = []
  const built = new Set<string>()
  let elapsed = 5
  const took = (name: string, seconds: number) => {
    elapsed += seconds
    done.push({ name, passed: 1, failed: 0, skipped: 0, seconds })
  }
  const budget = startBudget({
    ...{ minutes, profiles, elsewhere, stages: { done }, durations, probed, now: new Date(now.getTime() + day * 86_400_000) },
    ...(isBuilt !== undefined && { isBuilt: (component: string) => isBuilt || built.has(component) }),
    ...{ elapsed: () => elapsed, log: (line: string) => lines.push(line) },
  })
  const stage = (name: string) => took(name, slowness * (durations.stages[name] ?? Number.NaN))
  took('engine, sweep, images', imageMinutes * 60)
  budget.imagesReady(imageMinutes * 60)
  stage('unit tests')
  stage('driver')
  const decided = ['', 'velero: '].flatMap((prefix) => {
    const conformance = budget.decide(`${prefix}conformance`)
    stage(`${prefix}cluster up`)
    took(conformance.stage, slowness * (conformance.referenceSeconds + 20))
    const controls = budget.decide(`${prefix}controls`)
    took(controls.stage, slowness * (controls.referenceSeconds + 20))
    const mutants = isBuilt === undefined ? [] : [budget.decide(`${prefix}component mutants`)]
    for (const { stage: name, referenceSeconds, chosen } of mutants) {
      took(name, slowness * (referenceSeconds + 20))
      for (const { concept } of chosen) built.add(concept)
    }
    components.push(...mutants)
    for (const name of ['cluster down', 'report', 'recheck', 'digests', 'nothing left']) stage(`${prefix}${name}`)
    if (prefix === '') stage('csi-sanity')
    return [conformance, controls]
  })
  elapsed += overrunMinutes * 60
  const judged = budget.decide('elsewhere')
  took(judged.stage, slowness * judged.referenceSeconds)
  return { endedAfter: elapsed / 60, lines, decided, components, judged, budget }
}

/** Share of what a stage could do that it does. */
function shareOf(decision: Decision | undefined): number {
  const { chosen = [], leftOut = [] } = decision ?? {}
  return chosen.length / (chosen.length + leftOut.length)
}

test('a fast machine proves nine tenths of the guarantees of one profile and half of the other within an hour, and controls besides', () => {
  const { endedAfter, decided } = runOn({ minutes: 60, slowness: 1, imageMinutes: 0.3 })
  expect(endedAfter).toBeLessThan(60)
  const [conformance, controls, backups] = decided
  expect(shareOf(conformance)).toBeGreaterThan(9 / 10)
  expect(shareOf(backups)).toBeGreaterThan(1 / 2)
  expect(controls?.chosen.length).toBeGreaterThan(2)
})

test.each([
  { what: 'warm', imageMinutes: 0.5, within: 60, least: 1 / 3, days: 3 },
  { what: 'cold', imageMinutes: 20, within: 70, least: 1 / 4, days: 4 },
])(
  'a machine that takes twice as long ends within $within min, $what, and proves each guarantee within $days days',
  ({ imageMinutes, within, least }) => {
    const { endedAfter, decided } = runOn({ minutes: 60, slowness: 2, imageMinutes })
    expect(endedAfter).toBeLessThan(within)
    expect(decided.map(({ stage }) => stage)).toEqual(names)
    const [conformance, controls, backups, controlsOfBackups] = decided.map(({ chosen }) => chosen)
    expect((conformance?.length ?? 0) / (profiles[0]?.guarantees.length ?? 0)).toBeGreaterThanOrEqual(least)
    expect(new Set(backups?.map(({ concept }) => concept))).toEqual(new Set(profiles[1]?.guarantees.map(({ id }) => id.split('/')[0])))
    expect(Math.min(controls?.length ?? 0, controlsOfBackups?.length ?? 0)).toBeGreaterThanOrEqual(2)
  },
)

test.each([
  { slowness: 2, probed: 1 },
  { slowness: 1.5, probed: 3 },
])('a probe that says $probed where everything takes $slowness times as long is set right by what stages take', (speed) => {
  expect(runOn({ minutes: 60, imageMinutes: 0.5, ...speed }).endedAfter).toBeLessThan(70)
})

test('a budget that is smaller than the least says so, and the least is done', () => {
  const { lines, decided } = runOn({ minutes: 5, slowness: 1, imageMinutes: 0 })
  expect(lines.join('\n')).toContain('5 min are too short for the minimum, a part of each stage.')
  const concepts = new Set(profiles[0]?.guarantees.map(({ id }) => id.split('/')[0]))
  expect(decided.map(({ chosen }) => chosen.length)).toEqual([concepts.size, 2, 4, 2])
})

test('an hour has time for one stranger or page at least, another one each day; a minute has time for none', () => {
  const { judged } = runOn({ minutes: 60, slowness: 2, imageMinutes: 0.5 })
  expect([judged.chosen.length, judged.reason]).toEqual([1, '1 stranger or page left out by the budget of 60 minutes on 2026-11-28'])
  expect(judged.days).toBeLessThan(5)
  expect(runOn({ minutes: 1, slowness: 1, imageMinutes: 0 }).judged.leftOut.map(({ id }) => id)).toEqual(elsewhere)
})

test('a stage that took longer than planned does not cost the last one its minimum', () => {
  const { judged, endedAfter } = runOn({ minutes: 50, slowness: 1, imageMinutes: 0, overrunMinutes: 6 })
  expect(judged.chosen.length).toBe(1)
  expect(endedAfter).toBeLessThan(50 + 6 + 4)
})

test('what is left out has its reason, and the days within which it has its turn', () => {
  const { lines, decided, budget } = runOn({ minutes: 60, slowness: 2, imageMinutes: 20 })
  const [, controls] = decided
  expect(budget.why).toBe('left out by the budget of 60 minutes on 2026-11-28')
  expect(controls?.reason).toBe(`${controls?.leftOut.length} controls left out by the budget of 60 minutes on 2026-11-28`)
  expect(lines.join('\n')).toMatch(/controls .+ a different part each day; at this speed each one runs at least every \d+ days/)
  expect(controls?.days).toBeLessThan(300)
})

test('the guarantees of each profile get the same share of the time beyond one of each concept', () => {
  const day = dayOf(now)
  const parts = profiles.map(({ settings, guarantees }) => conformancePart(settings.profile, guarantees, { rank: 0, durations }))
  const { parts: planned } = makePlan({ parts, fixedSeconds: 0, secondsLeft: 1600, slowness: 1, day })
  const [full = 0, velero = 0] = planned.map(({ chosen, leftOut }) => {
    const all = [...chosen, ...leftOut]
    const least = secondsOf(leastOfDay(all, day, 'each concept'))
    return (secondsOf(chosen) - least) / (secondsOf(all) - least)
  })
  expect(full).toBeGreaterThan(0.3)
  expect(full).toBeLessThan(0.7)
  expect(velero).toBeCloseTo(full, 1)
})

test('controls that a cluster does not offer are neither done nor left out', () => {
  const budget = startBudget({
    ...{ minutes: 600, profiles, elsewhere: [], stages: { done: [] }, durations, probed: 1, now, elapsed: () => 0, log: () => undefined },
  })
  const { chosen, leftOut } = budget.decide('controls', (id) => id.endsWith(' statefulset/ordered-startup'))
  expect([...new Set(chosen.map(({ concept }) => concept)), ...leftOut]).toEqual(['statefulset'])
})

test('each day has mutants of one component, two at least, and of each component in turn', () => {
  const machine = { minutes: 50, slowness: 1.5, imageMinutes: 0.5, isBuilt: true }
  const ofDays = Array.from({ length: 9 }, (_, day) => runOn({ ...machine, day }))
  const chosen = ofDays.map(({ components }) => components.flatMap((one) => one.chosen))
  expect(chosen.map((some) => new Set(some.map(({ concept }) => concept)).size)).toEqual(ofDays.map(() => 1))
  expect(new Set(chosen.flat().map(({ concept }) => concept)).size).toBe(9)
  expect(Math.min(...chosen.map(({ length }) => length))).toBe(2)
  expect(Math.max(...ofDays.map(({ endedAfter }) => endedAfter))).toBeLessThan(50)
})

test.each([
  { day: 4, component: 'velero', least: [0, 2] },
  { day: 5, component: 'kube-controller-manager', least: [2, 1] },
])(
  '$component is built once where that makes no run longer and leaves more than half of the guarantees, and left out elsewhere',
  ({ day, component, least }) => {
    const fast = runOn({ minutes: 75, slowness: 1, imageMinutes: 0.5, isBuilt: false, day })
    expect(fast.endedAfter).toBeLessThan(75)
    expect(shareOf(fast.decided[0])).toBeGreaterThan(1 / 2)
    expect(new Set(fast.components.flatMap(({ chosen }) => chosen.map(({ concept }) => concept)))).toEqual(new Set([component]))
    expect(fast.components.map(({ chosen }, at) => Math.min(chosen.length, least[at] ?? 0))).toEqual(least)
    const slow = runOn({ minutes: 50, slowness: 3, imageMinutes: 0.5, isBuilt: false, day })
    expect(slow.endedAfter).toBeLessThan(50)
    expect(slow.components.flatMap(({ chosen }) => chosen)).toEqual([])
    expect(slow.lines.join('\n')).toContain('none: there is no time for their minimum')
  },
)

test('how long mutants of a component may take at most leaves time for the minimum of what comes later', () => {
  const { components } = runOn({ minutes: 50, slowness: 1, imageMinutes: 0.5, isBuilt: false })
  for (const { latest, seconds } of components) expect(latest).toBeGreaterThan(seconds)
  const late = runOn({ minutes: 50, slowness: 1, imageMinutes: 60, isBuilt: false }).components
  expect(late.map(({ latest, chosen }) => [latest, chosen])).toEqual([
    [0, []],
    [0, []],
  ])
})
