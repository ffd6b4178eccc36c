import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { changedSuites, keeperSuites } from '../own-suites/testing/changed-suites.ts'
import { ownFeatures, withOwnFeatures } from './own-features.ts'
import { withSuitesOfSettings } from './own-suites-of-run.ts'
import { planRun, type RunOptions } from './run-plan.ts'

/** Settings that say nothing, in place of those of the checkout. */
function noSettings(): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const config = join(directory, 'holdfast.yaml')
  writeFileSync(config, 'suites: [mine, ../others]\n')
  return config
}

const planned = (names: readonly string[], options: RunOptions = {}) => {
  const plan = planRun(names, { config: noSettings(), suites: [keeperSuites], ...options })
  return { ...plan, ids: plan.guarantees.map(({ id }) => id) }
}
const keeper = ['keeper/gets-pods-and-volumes', 'keeper/grows-in-place', 'keeper/volumes-outlive-store']

test('without names all suites of the directory run, and a run is counted against them alone', () => {
  const { ids, skipped, own, profile } = planned([])
  expect({ ids, skipped, profile }).toEqual({ ids: keeper, skipped: [], profile: undefined })
  expect(own).toMatchObject({ besideHoldfast: false })
})

test.each([['keeper/grows-in-place'], ['keeper/gr*'], ['keeper.grows-in-place'], [join(keeperSuites, 'grows-in-place.suite.ts')]])(
  '%s names one of them',
  (name) => {
    const { ids, skipped } = planned([name])
    expect(ids).toEqual(['keeper/grows-in-place'])
    expect(skipped.map(({ guarantee, why }) => [guarantee.id, why])).toEqual(
      keeper.filter((id) => id !== ids[0]).map((id) => [id, 'not named']),
    )
  },
)

test('names of Holdfast select its guarantees beside them, and the run is counted against all', () => {
  const { ids, skipped, own } = planned(['keeper', 'statefulset/ordered-startup'])
  expect(ids).toEqual(['statefulset/ordered-startup', ...keeper])
  expect(own).toMatchObject({ besideHoldfast: true })
  expect(skipped.length).toBeGreaterThan(100)
})

test('levels and areas narrow them, and an unknown name brings the nearest', () => {
  expect(planned([], { level: ['SHOULD'] }).ids).toEqual(['keeper/grows-in-place'])
  expect(planned([], { area: ['keeper'] }).ids).toEqual(keeper)
  expect(() => planned(['keepr'])).toThrow('There is no suite or guarantee keepr. Did you mean keeper?')
  expect(() => planned([], { area: ['statefulset'] })).toThrow('Unknown --area statefulset.')
})

test('the command that prints roles names the directories', () => {
  expect(planned([]).grant).toContain(`./holdfast rbac --suites ${keeperSuites}`)
})

test('the settings name directories from where they are; the command line overrules them', () => {
  const config = noSettings()
  const base = join(config, '..')
  expect(withSuitesOfSettings({ config })).toEqual({ config, suites: [join(base, 'mine'), join(base, '..', 'others')] })
  expect(withSuitesOfSettings({ config, suites: ['here'] })).toEqual({ config, suites: ['here'] })
})

test('a feature of one’s own is lacking until it is declared, of any cluster', () => {
  const suites = changedSuites()
  suites.replace('grows-in-place.suite.ts', "['DynamicProvisioning']", "['example.com/Keeper']")
  const options = { suites: [suites.directory] }
  const { guarantees, own } = planned(['keeper/grows-in-place'], options)
  const how = 'a feature of your own that nobody declared: add --declare example.com/Keeper'
  expect(ownFeatures(guarantees, own?.declared)).toEqual([{ feature: 'example.com/Keeper', offered: false, how }])
  const record = { features: ['Zones'] as const }
  expect(withOwnFeatures(record, guarantees)).toEqual({ features: ['Zones'], lacking: { 'example.com/Keeper': how } })
  const declared = planned([], { ...options, declare: ['example.com/Keeper'] })
  expect(declared.target).toEqual({ kind: 'new' })
  expect(withOwnFeatures(record, guarantees, declared.own?.declared)).toEqual({ features: ['Zones', 'example.com/Keeper'], lacking: {} })
})
