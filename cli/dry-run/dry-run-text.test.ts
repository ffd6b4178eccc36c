import { expect, test } from 'vitest'
import { linesOf } from './dry-run-text.ts'
import type { DryRun } from './seen-cluster.ts'

const found: DryRun = {
  cluster: { name: 'blue', Kubernetes: 'v1.36.3' },
  features: [
    { feature: 'BlockVolumes', offered: true, how: 'declared with --declare' },
    { feature: 'VolumeCloning', offered: false, untried: true, how: 'a dry run probes nothing' },
    { feature: 'Zones', offered: false, how: 'the API does not show it, and it was not declared' },
  ],
  guarantees: [
    { id: 'pvcs/bound', level: 'MUST', outcome: 'runs' },
    { id: 'nodes/lost', level: 'SHOULD', outcome: 'runs', disruptive: true },
    { id: 'pvcs/cloned', level: 'MUST', outcome: 'untried', why: 'VolumeCloning' },
    { id: 'topology/zones', level: 'MUST', outcome: 'NotSupported', why: 'the cluster lacks Zones' },
    { id: 'dns/names', level: 'MUST', outcome: 'not selected', why: 'not named' },
    { id: 'dns/slow', level: 'MUST', outcome: 'not selected', why: 'slow: profile full' },
  ],
  images: [{ name: 'workload', reference: 'holdfast.local/workload:1', from: 'a build on this machine' }],
  rights: ['own pods: create get'],
  rightsUnknown: [],
  makes: ['Lease kube-system/holdfast'],
}

test('each part has a title with its number, and what is empty is left out', () => {
  expect(linesOf(found)).toEqual([
    'This is a dry run: nothing was made, and nothing was changed.',
    ...['', 'Cluster', '  name        blue', '  Kubernetes  v1.36.3'],
    ...['', 'Features that it offers (1)', '  BlockVolumes  declared with --declare'],
    ...['', 'Features that only a run finds out (1); --declare says that one is there', '  VolumeCloning  a dry run probes nothing'],
    ...['', 'Features that it lacks (1)', '  Zones  the API does not show it, and it was not declared'],
    ...['', 'Guarantees that would run (2)', '  MUST    pvcs/bound', '  SHOULD  nodes/lost  alone: disruptive'],
    ...['', 'Guarantees that would run where the run finds their features (1)', '  MUST  pvcs/cloned  VolumeCloning'],
    ...['', 'NotSupported (1)', '  MUST  topology/zones  the cluster lacks Zones'],
    ...['', 'Not selected (2)', '  MUST  dns/slow  slow: profile full', '  1 that were not named'],
    ...['', 'Images', '  workload  holdfast.local/workload:1  a build on this machine'],
    ...['', 'Rights, all of them there (1); own: in namespaces that Holdfast makes', '  own pods: create get'],
    ...['', 'What would be made', '  Lease kube-system/holdfast'],
  ])
})

test('of a cluster that Holdfast made no rights are told', () => {
  const { rights: _, rightsUnknown: __, ...own } = found
  expect(linesOf(own).join('\n')).not.toContain('Rights')
})
