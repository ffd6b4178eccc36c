import { expect, test } from 'vitest'
import type { ExampleReport } from '../testing/example-report.ts'
import { exampleSide } from '../testing/example-side.ts'
import { compare } from './compare.ts'
import { NotComparable } from './runs-of-side.ts'

const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `steady/${name}`)

/** A run in which one guarantee takes as long as told, and others 10 s times the slowness. */
function run(seconds: number, slowness = 1) {
  const steady = Object.fromEntries(names.map((name) => [name, { verdict: 'Passed', seconds: 10 * slowness } as const]))
  return { guarantees: { ...steady, 'slow/one': { verdict: 'Passed', seconds } as const } }
}

async function durations(before: readonly ExampleReport[], after: readonly ExampleReport[], { gate } = { gate: true }) {
  const side = ([first = run(1), ...others]: readonly ExampleReport[]) => exampleSide(first, ...others)
  const comparison = await compare({ before: side(before), after: side(after), gateDurations: gate })
  return {
    ...comparison.durations,
    result: comparison.result,
    told: comparison.durations.changes.map(({ id, direction }) => [id, direction]),
  }
}

test.each([
  [10, 30, []],
  [10, 60, [['slow/one', 'worse']]],
  [60, 10, [['slow/one', 'better']]],
  [1, 15, []],
  [200, 399, []],
])('of one run each, %d s and then %d s tells %j', async (before, after, told) => {
  const found = await durations([run(before)], [run(after)])
  expect(found.told).toEqual(told)
  expect(found.rule).toMatch(/^With fewer than 3 runs on a side/)
})

test('that a whole run was slower is taken out', async () => {
  const found = await durations([run(10)], [run(50, 1.3)])
  expect([found.slowness, found.told]).toEqual([1.3, []])
})

/** A run of few guarantees, which took as long as told. */
function few(...seconds: readonly number[]) {
  return { guarantees: Object.fromEntries(seconds.map((each, place) => [`few/${place}`, { verdict: 'Passed', seconds: each } as const])) }
}

test('of fewer than four guarantees none says how slow a run was as a whole: they would be their own yardstick', async () => {
  const thrice = (...seconds: readonly number[]) => [few(...seconds), few(...seconds), few(...seconds)]
  const alone = await durations(thrice(10), thrice(600))
  expect([alone.slowness, alone.told, alone.result]).toEqual([1, [['few/0', 'worse']], 'something worse'])
  expect(alone.rule).toMatch(/the medians differ by a factor of 1\.25 and by 2 s\. Fewer than 4 guarantees do not show/)
  const three = await durations(thrice(10, 10, 10), thrice(100, 100, 10))
  expect(three.told).toEqual([
    ['few/0', 'worse'],
    ['few/1', 'worse'],
  ])
  expect((await durations([few(10, 10, 10)], [few(100, 10, 10)])).rule).toMatch(
    /^With fewer than 3 runs .* by 20 s\. Fewer than 4 guarantees/,
  )
  const four = await durations(thrice(10, 10, 10, 10), thrice(20, 20, 20, 20))
  expect([four.slowness, four.told]).toEqual([2, []])
})

test.each([
  ['one run was far slower as a whole', [run(10)], [run(500, 2)]],
  ['nothing Passed in all runs', [run(10)], [{ guarantees: { 'slow/one': { verdict: 'Failed' } as const } }]],
])('where %s, durations cannot gate', async (_, [before], [after]) => {
  if (before === undefined || after === undefined) throw new Error('There is no run.')
  const failed = compare({ before: exampleSide(before), after: exampleSide(after), gateDurations: true })
  await expect(failed).rejects.toThrow(/^Durations cannot gate: /)
  await expect(failed).rejects.toBeInstanceOf(NotComparable)
})

test('where one run was far slower as a whole, nothing is told', async () => {
  const found = await durations([run(10)], [run(500, 2)], { gate: false })
  expect(found.told).toEqual([])
  expect(found.rule).toMatch(/^No change is told: one side was more than 1.4 times as slow as a whole/)
})

test('of several runs, ranges that do not overlap tell a small change, and ranges that do tell none', async () => {
  const before = [run(10), run(11), run(12)]
  const apart = await durations(before, [run(15), run(16), run(17)])
  expect(apart.changes).toMatchObject([
    { id: 'slow/one', factor: 1.455, before: { median: 11, least: 10, most: 12, runs: 3 }, after: { median: 16 } },
  ])
  expect(apart.result).toBe('something worse')
  expect((await durations(before, [run(11.5), run(30), run(40)])).told).toEqual([])
  expect((await durations(before, [run(12.5), run(13), run(13.2)])).told).toEqual([])
})

test('a guarantee that only some of several runs selected has the rule for few runs', async () => {
  const without = { guarantees: Object.fromEntries(names.map((name) => [name, { verdict: 'Passed', seconds: 10 } as const])) }
  const side = (seconds: number) => exampleSide(run(seconds), without, without)
  const told = async (seconds: number) => (await compare({ before: side(10), after: side(seconds), gateDurations: false })).durations
  expect(await told(30)).toMatchObject({ changes: [], rule: expect.stringMatching(/^A change is told where the ranges/) })
  expect(await told(90)).toMatchObject({ changes: [{ id: 'slow/one' }] })
})

test('longer durations are told, but nothing is worse by them unless they gate', async () => {
  const sides = { before: exampleSide(run(10)), after: exampleSide(run(60)) }
  expect(await compare({ ...sides, gateDurations: false })).toMatchObject({
    result: 'nothing worse',
    durations: { changes: [{ id: 'slow/one' }] },
  })
  expect(await compare({ ...sides, gateDurations: true })).toMatchObject({ result: 'something worse' })
})

test('what failed took as long as its limits, and is not compared', async () => {
  const failed = { guarantees: { ...run(10).guarantees, 'slow/one': { verdict: 'Failed', seconds: 300 } as const } }
  const comparison = await compare({ before: exampleSide(run(10)), after: exampleSide(failed), gateDurations: false })
  expect(comparison.durations).toMatchObject({ compared: names.length, changes: [] })
})
