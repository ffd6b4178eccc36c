import { expect, test } from 'vitest'
import type { UpgradeProgress } from '../../../contract/upgrade.ts'
import { upgradeLine, upgradeSection, upgradeSectionSchema } from '../../model/upgrade-section.ts'
import { markupText } from '../markup.ts'
import { upgradeHtml } from './upgrade.ts'

const at = (second: number) => new Date(1_764_500_000_000 + second * 1000).toISOString()

function versions(version: string, kubelet: string, coredns: string) {
  const node = (name: string) => ({ node: name, kubelet, containerd: '2.0.0' })
  return { apiServer: version, nodes: [node('cp'), node('w1')], images: { 'coredns-1/coredns': coredns, 'p/csi-provisioner': 'a:1' } }
}

const [old, next] = [versions('v1.36.3', 'v1.36.3', 'coredns:1'), versions('v1.37.2', 'v1.37.2', 'coredns:2')]

const progress: UpgradeProgress = {
  schemaVersion: 1,
  changes: { kubernetes: { from: 'v1.36.3', to: 'v1.37.2' } },
  drained: true,
  steps: [
    {
      title: 'cp: kubeadm upgrade apply',
      stage: 'control-plane',
      node: 'cp',
      startedAt: at(0),
      endedAt: at(94.5),
      log: 'upgrade/logs/05.log',
    },
    { title: 'cp: kubectl drain cp', stage: 'whole', node: 'cp', startedAt: at(100) },
    { title: 'cp: install kubelet', stage: 'whole', node: 'cp' },
  ],
  stages: [{ stage: 'control-plane', startedAt: at(0), endedAt: at(99), before: old, after: next }],
}

test('each step stands with when it began and how long it took', () => {
  const text = markupText(upgradeHtml(upgradeSection(progress)))
  expect(text).toContain('kubernetes v1.36.3 → v1.37.2, nodes drained.')
  expect(text).toContain('<td class="number">94.5 s</td><td><code>upgrade/logs/05.log</code></td>')
  expect(text).toContain('<td class="number">did not end</td>')
  expect(text).toContain('<td class="number">not begun</td>')
})

test('each node and each container whose image changed stands with both versions', () => {
  const text = markupText(upgradeHtml(upgradeSection(progress)))
  expect(text).toContain('<td>kubelet of w1</td><td>v1.36.3</td><td>v1.37.2</td>')
  expect(text).toContain('<td>coredns</td><td>coredns:1</td><td>coredns:2</td>')
  expect(text).not.toContain('<td>csi-provisioner</td>')
})

test('an upgrade that ended early says why', () => {
  const failed = upgradeSection({ ...progress, failure: 'The step "cp: kubectl drain cp" failed.', mutant: 'containers-hashed-anew' })
  expect(upgradeLine(failed)).toBe('kubernetes v1.36.3 → v1.37.2, nodes drained, ended early')
  expect(markupText(upgradeHtml(failed))).toContain('Under the mutant containers-hashed-anew. The step')
})

test('of a component, the images are named, and no nodes', () => {
  const changes = { 'csi-hostpath': { from: 'driver:1', to: 'driver:2' }, velero: { from: 'velero:1', to: 'velero:1' } }
  expect(upgradeLine(upgradeSection({ ...progress, changes }))).toBe('csi-hostpath driver:1 → driver:2, velero velero:1, run anew')
})

test('what the upgrade writes is what the report takes', () => {
  expect(() => upgradeSectionSchema.parse(upgradeSection(progress))).not.toThrow()
})
