import { expect, test } from 'vitest'
import { planRun } from '../plan/run-plan.ts'
import { guaranteeSeconds, readDurations, stageSeconds } from './durations.ts'
import { conformancePart } from './parts.ts'

const durations = readDurations()
const { guarantees } = planRun([], { profile: 'standard' })

/** Times that were measured on another day differ by this factor. */
const noise = 1.5

test('what takes more than half a minute, or a quarter where it runs alone, says that it is slow', () => {
  expect(guarantees.length).toBeGreaterThan(80)
  const most = ({ disruptive }: { readonly disruptive?: true }) => (disruptive === true ? 15 : 30) * noise
  const long = guarantees.filter((guarantee) => guaranteeSeconds(durations, guarantee) > most(guarantee))
  expect(long.map(({ id }) => id)).toEqual([])
})

test('the profile standard takes less than a quarter of an hour on the reference machine, with its cluster', () => {
  const { items } = conformancePart('default', guarantees, { rank: 0, durations })
  const stages = ['cluster up', 'report', 'cluster down'].map((name) => stageSeconds(durations, name))
  const seconds = [...items.map((item) => item.seconds), ...stages].reduce((sum, one) => sum + one, 0)
  expect(seconds).toBeLessThan(15 * 60)
})
