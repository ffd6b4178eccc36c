import { expect, test } from 'vitest'
import { dryRunText } from './dry-run-text.ts'
import { planUpgradeRun } from './plan-upgrade-run.ts'

test('it lists what would be judged, then each step by stage', () => {
  const lines = dryRunText(planUpgradeRun([], { from: '1.36', to: '1.37', drain: true, workers: 2 })).split('\n')
  expect(lines[0]).toMatch(/^Would judge \d guarantees$/)
  expect(lines).toContain('  MUST    upgrade/state-survives')
  const order = ['Before the suites make their state', 'The control plane', 'The whole platform', '  worker2: kubectl uncordon worker2']
  const places = order.map((line) => lines.indexOf(line))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})
