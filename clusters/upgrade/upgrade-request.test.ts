import { expect, test } from 'vitest'
import { kubernetesReleases, optionsOf, releaseOf } from '../images/kubernetes-release.ts'
import { checkUpgrade, featuresOfUpgrade, type UpgradeRequest } from './upgrade-request.ts'

function request(from: string, to: string, more: Partial<UpgradeRequest> = {}): UpgradeRequest {
  return { from: releaseOf(from), to: releaseOf(to), drained: true, components: {}, ...more }
}

test('each minor that is pinned can be upgraded to the next', () => {
  const minors = kubernetesReleases.map(({ minor }) => minor)
  for (const [place, from] of minors.slice(0, -1).entries())
    expect(() => checkUpgrade(request(from, minors[place + 1] ?? ''), {})).not.toThrow()
})

test.each([
  ['1.36', '1.36', 'There is nothing to upgrade', 'a component with --component'],
  ['1.35', '1.37', 'kubeadm skips no minor, and 1 minor would be', '--from 1.35 --to 1.36'],
  ['1.34', '1.37', 'kubeadm skips no minor, and 2 minors would be', '--from 1.34 --to 1.35'],
  ['1.37', '1.36', 'cannot be downgraded', '--from 1.36 --to 1.37'],
])('%s to %s is refused', (...[from, to, sentence, fix]) => {
  const refused = () => checkUpgrade(request(from, to), {})
  expect(refused).toThrow(sentence)
  expect(refused).toThrow(expect.objectContaining({ fix: expect.stringContaining(fix) as unknown }))
})

test('a gate that only the old version has is refused before anything is made', () => {
  const [old, next] = [releaseOf('1.36'), releaseOf('1.37')].map((release) => Object.keys(optionsOf(release).featureGates))
  const gone = old?.find((gate) => next?.includes(gate) === false)
  expect(gone).toBeDefined()
  const state = optionsOf(releaseOf('1.36')).featureGates[gone ?? '']
  const settings = { featureGates: { [gone ?? '']: state?.endsWith('on') === true } }
  expect(() => checkUpgrade(request('1.36', '1.37'), settings)).toThrow(`sets the feature gate ${gone}, which Kubernetes v1.37`)
})

test('what is upgraded decides which guarantees can be judged', () => {
  expect(featuresOfUpgrade(request('1.36', '1.37'))).toEqual(['PlatformUpgrade', 'ControlPlaneUpgrade', 'DrainedNodeUpgrade'])
  expect(featuresOfUpgrade(request('1.36', '1.37', { drained: false }))).toContain('KubeletUpgrade')
  const components = { 'csi-resizer': 'a:1', 'snapshot-controller': 'b:1', velero: 'c:1' }
  expect(featuresOfUpgrade(request('1.36', '1.36', { components }))).toEqual([
    ...['PlatformUpgrade', 'DriverUpgrade', 'SnapshotControllerUpgrade', 'VeleroUpgrade'],
  ])
})

test('what becomes of Pods as their driver is upgraded is not asked where nodes are drained, too', () => {
  const components = { 'csi-resizer': 'a:1', 'snapshot-controller': 'b:1' }
  const both = (drained: boolean) => featuresOfUpgrade(request('1.36', '1.37', { components, drained }))
  expect(both(true)).toEqual(['PlatformUpgrade', 'ControlPlaneUpgrade', 'DrainedNodeUpgrade', 'SnapshotControllerUpgrade'])
  expect(both(false)).toContain('DriverUpgrade')
})

test('components alone need no other Kubernetes', () => {
  expect(() => checkUpgrade(request('1.36', '1.36', { components: { 'csi-hostpath': 'a:1' } }), {})).not.toThrow()
})
