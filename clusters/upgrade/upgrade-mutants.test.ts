import type { V1Deployment } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import type { NodeRecord } from '../../contract/cluster-record.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { csiHostpath } from '../steps/csi-hostpath.ts'
import { upgradeMutantNamed, upgradeMutants } from './upgrade-mutants.ts'
import { planUpgrade } from './upgrade-plan.ts'
import { sameImage } from './upgrade-request.ts'

const nodes: readonly NodeRecord[] = [
  { name: 'cp', role: 'control-plane', zone: 'zone-a', container: 'cp', address: '' },
  { name: 'w1', role: 'worker', zone: 'zone-a', container: 'w1', address: '' },
]
const [from, to] = [releaseOf('1.36'), releaseOf('1.37')]

test('there are mutants of the driver and of the kubelet', () => {
  expect(upgradeMutants().map(({ name }) => name)).toEqual(expect.arrayContaining(['driver-forgets-volumes', 'containers-hashed-anew']))
  expect(() => upgradeMutantNamed('driver-forgets')).toThrow('Did you mean driver-forgets-volumes?')
})

test('the patch of the driver fits the Deployment that is installed', () => {
  const { by } = upgradeMutantNamed('driver-forgets-volumes')
  const patch = 'patch' in by ? JSON.parse(by.patch.find((word) => word.startsWith('--patch='))?.slice('--patch='.length) ?? '') : []
  const deployment = csiHostpath.objects({}).find(({ kind }) => kind === 'Deployment') as V1Deployment
  const [{ op, path, value }] = patch as readonly [{ readonly op: string; readonly path: string; readonly value: string }]
  expect(op).toBe('test')
  const found = path
    .slice(1)
    .split('/')
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], deployment)
  expect(found).toBe(value)
})

test('a driver that forgets is patched, not given another image', () => {
  const mutant = upgradeMutantNamed('driver-forgets-volumes')
  const request = { from, to: from, drained: true, components: { 'csi-hostpath': sameImage }, mutant }
  expect(planUpgrade({ request, nodes }).map(({ title }) => title)).toEqual([
    'cp: kubectl patch deployment/csi-hostpath-controller',
    'cp: kubectl rollout status deployment/csi-hostpath-controller',
    'cp: kubectl rollout status daemonset/csi-hostpath-node',
    'csi-hostpath: system Pods are ready',
  ])
})

test('a kubelet with a mutant lies in each node before it is installed', () => {
  const mutant = upgradeMutantNamed('containers-hashed-anew')
  const steps = planUpgrade({ request: { from, to, drained: false, components: {}, mutant }, nodes })
  const titles = steps.map(({ title }) => title)
  for (const name of ['cp', 'w1']) {
    const placed = titles.indexOf(`${name}: kubelet with the mutant containers-hashed-anew`)
    expect(placed).toBeGreaterThan(titles.indexOf(`${name}: programs and images of ${to.kubernetes}`))
    expect(placed).toBeLessThan(titles.indexOf(`${name}: install kubelet`))
  }
})
