import { expect, test } from 'vitest'
import { makePlan, type Part } from './plan.ts'
import type { Item } from './rotation.ts'

function itemsOf(concepts: readonly string[], { each, seconds }: { readonly each: number; readonly seconds: number }): readonly Item[] {
  return concepts.flatMap((concept) => Array.from({ length: each }, (_, at) => ({ id: `${concept}/${at}`, concept, seconds })))
}

const guarantees: Part = {
  ...{ stage: 'conformance', noun: 'guarantees', minimum: 'each concept', rank: 0 },
  items: itemsOf(['pvcs', 'dns'], { each: 10, seconds: 10 }),
}
const backups: Part = { ...guarantees, stage: 'velero: conformance', rank: 1, items: itemsOf(['velero'], { each: 10, seconds: 20 }) }
const controls: Part = {
  ...{ stage: 'controls', noun: 'controls', minimum: 2, rank: 2, reserved: 0.1 },
  items: itemsOf(['pvcs'], { each: 40, seconds: 10 }),
}
const parts = [guarantees, controls, backups]
const given = { parts, fixedSeconds: 100, slowness: 1, day: 20_420 }

function counts(secondsLeft: number, slowness = 1): Readonly<Record<string, number>> {
  return Object.fromEntries(makePlan({ ...given, secondsLeft, slowness }).parts.map(({ stage, chosen }) => [stage, chosen.length]))
}

test('everything is done where there is time for it', () => {
  const plan = makePlan({ ...given, secondsLeft: 900 })
  expect(plan).toMatchObject({ seconds: 900, isTooShort: false })
  expect(plan.parts.map(({ leftOut, days }) => [leftOut.length, days])).toEqual([
    [0, 1],
    [0, 1],
    [0, 1],
  ])
})

test('guarantees come before controls but for a tenth of the time, and those of the first profile before the others', () => {
  expect(counts(600)).toEqual({ conformance: 20, 'velero: conformance': 10, controls: 10 })
  expect(counts(400)).toEqual({ conformance: 20, 'velero: conformance': 2, controls: 6 })
  expect(counts(220)).toEqual({ conformance: 7, 'velero: conformance': 1, controls: 3 })
})

test('what is reserved for controls stays the same once a part before them is over', () => {
  const [others, reserving] = [
    { ...backups, rank: 0 },
    { ...controls, reserved: 0.25 },
  ]
  const first = makePlan({ ...given, parts: [guarantees, reserving, others], secondsLeft: 400 })
  const [over, ...rest] = first.parts
  const referenceSeconds = over?.referenceSeconds ?? 0
  const later = makePlan({
    ...{ ...given, parts: [reserving, others], secondsLeft: 400 - referenceSeconds },
    spentBeyondLeast: referenceSeconds - 20,
  })
  expect(rest.map(({ chosen }) => chosen.length)).toEqual([9, 5])
  expect(later.parts).toEqual(rest)
})

test('a machine that takes twice as long does what the other does in half of the time', () => {
  expect(counts(1200, 2)).toEqual(counts(600))
})

test('what is planned ends in time, whatever that is, if the least that is always done fits in', () => {
  for (let secondsLeft = 160; secondsLeft < 1000; secondsLeft += 7) {
    const plan = makePlan({ ...given, secondsLeft })
    expect(plan.isTooShort).toBe(false)
    expect(plan.seconds).toBeLessThanOrEqual(secondsLeft + 1)
  }
})

test('where that does not fit it is done all the same, and the plan says that it takes longer', () => {
  const plan = makePlan({ ...given, secondsLeft: 60 })
  expect(plan).toMatchObject({ isTooShort: true, seconds: 160 })
  expect(plan.parts.map(({ chosen }) => chosen.length)).toEqual([2, 2, 1])
})

test('a part that may be left out is, where there is no time for the least of all', () => {
  const strangers: Part = {
    ...{ stage: 'strangers', noun: 'strangers', minimum: 1, isFirstToGo: true, rank: 3 },
    items: itemsOf(['one', 'two'], { each: 1, seconds: 50 }),
  }
  const withThem = (secondsLeft: number) => makePlan({ ...given, parts: [...parts, strangers], secondsLeft })
  expect(withThem(210)).toMatchObject({ isTooShort: false, seconds: 210 })
  expect(withThem(210).parts.at(-1)?.chosen.length).toBe(1)
  expect(withThem(200)).toMatchObject({ isTooShort: false, seconds: 200 })
  expect(withThem(200).parts.at(-1)?.leftOut.length).toBe(2)
  expect(withThem(60)).toMatchObject({ isTooShort: true, seconds: 160 })
})

test('of two that may be left out, the one of the higher rank goes first on even days, the other one on odd days', () => {
  const part = (stage: string, rank: number): Part => ({
    ...{ stage, noun: stage, minimum: 1, isFirstToGo: true, rank },
    items: itemsOf([stage], { each: 2, seconds: 50 }),
  })
  const chosen = (secondsLeft: number, day = 20_000) => {
    const made = makePlan({ ...given, parts: [part('second', 4), part('first', 3), ...parts], secondsLeft, day })
    return made.parts.map(({ stage, chosen: { length } }) => (length === 0 ? '' : stage)).slice(0, 2)
  }
  expect(chosen(260)).toEqual(['second', 'first'])
  expect(chosen(259)).toEqual(['', 'first'])
  expect(chosen(209)).toEqual(['', ''])
  expect(chosen(259, 20_001)).toEqual(['second', ''])
})

test('a part that may take a share of the spare time only is left out where its minimum, and what it needs before, takes more', () => {
  const mutants: Part = {
    ...{ stage: 'mutants', noun: 'mutants', minimum: 2, isFirstToGo: true, atMost: 0.25, rank: 3 },
    ...{ items: itemsOf(['component'], { each: 5, seconds: 10 }), setUp: new Map([['component', 40]]) },
  }
  const made = (secondsLeft: number) => makePlan({ ...given, parts: [...parts, mutants], secondsLeft })
  expect(made(160 + 4 * 60).parts.at(-1)).toMatchObject({ chosen: [{}, {}], referenceSeconds: 60 })
  expect(made(160 + 4 * 60 - 1).parts.at(-1)).toMatchObject({ chosen: [], referenceSeconds: 0, days: Number.POSITIVE_INFINITY })
  expect(made(2000).parts.at(-1)).toMatchObject({ leftOut: [], referenceSeconds: 90 })
})

test('what remains after a stage that took too long is the least', () => {
  expect(makePlan({ ...given, parts: [controls, backups], secondsLeft: -50 }).parts.map(({ chosen }) => chosen.length)).toEqual([2, 1])
})
