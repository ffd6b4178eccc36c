import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { foundFeatures, lackingElsewhere, plannedGuarantees } from './would-run.ts'

function guarantee(id: Guarantee['id'], requires: Guarantee['requires'], changes: Partial<Guarantee> = {}): Guarantee {
  const source = { page: 'concepts/storage', section: '' }
  return { id, statement: 'Volumes hold what is written to them.', level: 'MUST', source, requires, mutants: [], proves: {}, ...changes }
}

const features = foundFeatures({
  features: ['DynamicProvisioning', 'BlockVolumes'],
  lacking: { VolumeSnapshots: 'no VolumeSnapshotClass was given with --snapshot-class' },
  howOffered: (feature) => (feature === 'BlockVolumes' ? 'declared' : 'shown'),
  howLacking: lackingElsewhere,
})

test('of every feature it is said whether and why', () => {
  const said = Object.fromEntries(features.map(({ feature, offered, how }) => [feature, [offered, how]]))
  expect(said).toMatchObject({
    DynamicProvisioning: [true, 'shown'],
    BlockVolumes: [true, 'declared'],
    VolumeSnapshots: [false, 'no VolumeSnapshotClass was given with --snapshot-class'],
    VolumeCloning: [false, 'a dry run probes nothing'],
    Velero: [false, 'not looked for on such a cluster'],
    NodeControl: [false, 'only clusters that Holdfast created offer it'],
  })
})

test('of every guarantee it is said whether and why', () => {
  const skipped = [{ guarantee: guarantee('dns/names', []), why: 'not named' }]
  const guarantees = [
    guarantee('pvcs/bound', ['DynamicProvisioning']),
    guarantee('pvcs/cloned', ['DynamicProvisioning', 'VolumeCloning', 'OnlineExpansion']),
    guarantee('nodes/lost', ['VolumeSnapshots', 'NodeControl'], { disruptive: true, level: 'SHOULD' }),
  ]
  expect(plannedGuarantees({ guarantees, skipped }, features)).toEqual([
    { id: 'pvcs/bound', level: 'MUST', outcome: 'runs' },
    { id: 'pvcs/cloned', level: 'MUST', outcome: 'untried', why: 'VolumeCloning, OnlineExpansion' },
    {
      id: 'nodes/lost',
      level: 'SHOULD',
      outcome: 'NotSupported',
      why: 'the cluster lacks VolumeSnapshots (no VolumeSnapshotClass was given with --snapshot-class), NodeControl (only clusters that Holdfast created offer it)',
      disruptive: true,
    },
    { id: 'dns/names', level: 'MUST', outcome: 'not selected', why: 'not named' },
  ])
})
