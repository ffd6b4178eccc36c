import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isAboutUpgrade } from '../../contract/upgrade.ts'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { planRun } from '../plan/run-plan.ts'
import { projectRoot } from '../shell/project-root.ts'
import { planUpgradeRun, runTogether } from './plan-upgrade-run.ts'

const asked = { from: '1.36', to: '1.37', drain: true } as const

function idsOf(names: readonly string[], options: Parameters<typeof planUpgradeRun>[1]): readonly string[] {
  return planUpgradeRun(names, options).plan.guarantees.map(({ id }) => id)
}

describe('what is judged', () => {
  test('with drained nodes, nothing that is about kubelets below running Pods', () => {
    const ids = idsOf([], asked)
    expect(ids).toContain('upgrade/drained-pods-return')
    expect(ids).not.toContain('upgrade/kubelet-keeps-containers')
    expect(ids).not.toContain('upgrade/driver-keeps-mounts')
  })

  test('without drains, the other way round', () => {
    const ids = idsOf([], { ...asked, drain: false })
    expect(ids).toContain('upgrade/kubelet-keeps-containers')
    expect(ids).not.toContain('upgrade/drained-pods-return')
  })

  test('Backups with Velero alone', () => {
    expect(idsOf([], asked)).not.toContain('upgrade/backups-restore')
    const { plan } = planUpgradeRun([], { ...asked, velero: true })
    expect(plan.guarantees.map(({ id }) => id)).toContain('upgrade/backups-restore')
    expect(plan.settings.profile).toBe('velero')
  })

  test('of a driver, what holds for any upgrade, too', () => {
    const ids = idsOf([], { from: '1.36', drain: true, component: { 'csi-hostpath': 'example.com/driver:2' } })
    expect(ids).toEqual(expect.arrayContaining(['upgrade/driver-keeps-mounts', 'upgrade/state-survives']))
    expect(ids).not.toContain('upgrade/control-plane-leaves-pods')
  })

  test('of a driver beside drained nodes, nothing that is about Pods which stay', () => {
    const component = { 'csi-hostpath': 'example.com/driver:2' }
    expect(idsOf([], { ...asked, component })).not.toContain('upgrade/driver-keeps-mounts')
    expect(idsOf([], { ...asked, drain: false, component })).toContain('upgrade/driver-keeps-mounts')
  })

  test('under a mutant that shows where Pods leave their nodes, only with drained nodes', () => {
    expect(idsOf([], { ...asked, mutant: 'fsync-lies' })).toContain('upgrade/state-survives')
    const stays = () => planUpgradeRun([], { ...asked, drain: false, mutant: 'fsync-lies' })
    expect(stays).toThrow('No guarantee is about an upgrade like this.')
  })

  test('under a mutant that shows where the driver goes from a node, only with another image of it', () => {
    const under = (component: Readonly<Record<string, string>>) =>
      idsOf([], { from: '1.37', drain: true, component, mutant: 'pods-crash-with-driver' })
    expect(under({ 'csi-hostpath': 'example.com/driver:2' })).toEqual(['upgrade/driver-keeps-mounts'])
    expect(() => under({ 'csi-resizer': 'example.com/resizer:2' })).toThrow('No guarantee is about an upgrade like this.')
  })

  test('every guarantee that is left out has a reason', () => {
    const { plan } = planUpgradeRun([], asked)
    const all = readCatalogue(projectRoot).flatMap(({ guarantees }) => guarantees)
    expect(plan.guarantees.length + plan.skipped.length).toBe(all.length)
    expect(plan.notRun.reduce((sum, { guarantees }) => sum + guarantees, 0)).toBe(plan.skipped.length)
  })
})

test('a run without an upgrade leaves them out, with the command that runs them', () => {
  const { skipped } = planRun([], { profile: 'full' })
  const left = skipped.find(({ guarantee }) => guarantee.id === 'upgrade/state-survives')
  expect(left?.why).toBe('judge an upgrade: holdfast upgrade')
  expect(() => planRun(['upgrade/state-survives'], {})).toThrow('The filters exclude every guarantee.')
})

test.each([
  [{ ...asked, to: '1.38' }, 'Holdfast cannot create a cluster of Kubernetes 1.38'],
  [{ ...asked, to: '1.36' }, 'There is nothing to upgrade'],
  [{ from: '1.36', drain: true, component: { velero: 'a:1' } }, 'Velero can only be upgraded on a cluster that has it.'],
])('%o is refused', (options, sentence) => {
  expect(() => planUpgradeRun([], options)).toThrow(sentence)
})

test('a guarantee that no such upgrade can judge is refused with the reason', () => {
  expect(() => planUpgradeRun(['upgrade/driver-keeps-mounts'], asked)).toThrow('No guarantee is about an upgrade like this.')
})

test('suites about upgrades can all run at the same time, and make no Pod that kubectl would not drain', () => {
  const suites = readCatalogue(projectRoot).filter(({ guarantees }) => guarantees.some(isAboutUpgrade))
  expect(suites.length).toBeGreaterThan(5)
  expect(runTogether(suites.flatMap(({ guarantees }) => guarantees))).toBe(true)
  const files = globSync('suites/upgrade/*.suite.ts', { cwd: projectRoot })
  const bare = files.filter((file) => /\b(?:pod|blockPod|podWithPvcs|idlePod)\(/.test(readFileSync(join(projectRoot, file), 'utf8')))
  expect(bare).toEqual([])
})

test('under a mutant, only the guarantee that must see it is judged, which the upgrade has to be for', () => {
  expect(idsOf([], { ...asked, drain: false, mutant: 'containers-hashed-anew' })).toEqual(['upgrade/kubelet-keeps-containers'])
  expect(idsOf([], { from: '1.36', drain: true, mutant: 'driver-forgets-volumes' })).toEqual(['upgrade/driver-keeps-mounts'])
  expect(() => planUpgradeRun([], { ...asked, mutant: 'containers-hashed-anew' })).toThrow('No guarantee is about an upgrade like this.')
})

test('under a mutant of the catalogue, those guarantees are judged that name it', () => {
  const { plan, control, request } = planUpgradeRun([], { ...asked, mutant: 'fsync-lies' })
  expect(plan.guarantees.map(({ id }) => id)).toEqual(['upgrade/drained-pods-return', 'upgrade/state-survives'])
  expect([control, request.mutant]).toEqual(['fsync-lies', undefined])
  expect(() => planUpgradeRun([], { ...asked, mutant: 'fsync-lie' })).toThrow('There is no mutant fsync-lie of an upgrade.')
})
