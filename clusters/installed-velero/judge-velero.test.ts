import { expect, test } from 'vitest'
import { node } from '../testing/cluster-answers.ts'
import { nodeAgent, storageLocation, veleroServer } from '../testing/velero-answers.ts'
import { judgedVelero, type SeenVelero } from './judge-velero.ts'

const labelled = { metadata: { name: 'moments', labels: { 'velero.io/csi-volumesnapshot-class': 'true' } } }

function judged(changes: Partial<SeenVelero> = {}) {
  return judgedVelero({
    ...{ namespace: 'backups', server: veleroServer('backups'), locations: [storageLocation('backups', 'main')] },
    ...{ snapshotLocations: [], pods: ['one', 'two'].map((name) => nodeAgent('backups', name)), nodes: [node('one'), node('two')] },
    ...{ snapshotClass: { name: 'moments', isNamed: false }, snapshotClasses: [labelled] },
    ...changes,
  })
}

function seenOf(feature: string, changes: Partial<SeenVelero>) {
  const { isThere, seen } = judged(changes).features.find((each) => each.feature === feature) ?? {}
  return { isThere, seen }
}

const called = 'Velero v1.18.3 runs in namespace backups (Deployment keeper)'

test('a Velero that can be used is described, and by what it is known', () => {
  const answer = { version: 'v1.18.4', plugins: ['velero.io/csi-pvc-backupper'] }
  const { features, velero } = judged({ answer })
  expect(features).toEqual([
    {
      ...{ feature: 'Velero', isThere: true, by: 'probe' },
      seen:
        'Velero v1.18.4 runs in namespace backups (Deployment keeper); its BackupStorageLocation main is Available and ReadWrite; ' +
        'VolumeSnapshotLocations: none',
    },
    {
      ...{ feature: 'VeleroCSI', isThere: true, by: 'probe' },
      seen:
        'its server has the feature EnableCSI and the plug-in for CSI, which is built in from v1.14; ' +
        'VolumeSnapshotClass moments has the label velero.io/csi-volumesnapshot-class',
    },
    {
      ...{ feature: 'NodeAgent', isThere: false, by: 'api' },
      seen:
        'the node agent of Velero is Ready on every node that takes Pods, and the data of CSI snapshots can be moved; ' +
        'it is used only with --declare NodeAgent, because Velero never removes the repositories (kopia/hf-…) that it makes in its store',
    },
  ])
  expect(velero).toEqual({
    ...{ namespace: 'backups', location: 'main', faultyLocations: {} },
    shared: { version: 'v1.18.4', snapshotLocations: [] },
  })
})

test.each<[string, Partial<SeenVelero>, string]>([
  ['a server without Pods', { server: veleroServer('backups', { available: 0 }) }, 'no Pod of its server is available'],
  ['a silent server', { answer: { silent: 'its server did not answer' } }, 'its server did not answer'],
  [
    'a server for restores',
    { server: veleroServer('backups', { args: ['server', '--restore-only'] }) },
    'its server makes no Backups (--restore-only)',
  ],
  ['no location', { locations: [] }, 'namespace backups has no BackupStorageLocation'],
  [
    'no default location',
    { locations: ['one', 'two'].map((name) => storageLocation('backups', name, { spec: {} })) },
    'none of its BackupStorageLocations is the default: one, two',
  ],
  [
    'a read-only location',
    { locations: [storageLocation('backups', 'main', { spec: { default: true, accessMode: 'ReadOnly' } })] },
    'its BackupStorageLocation main is ReadOnly',
  ],
  [
    'a location that cannot be reached',
    { locations: [storageLocation('backups', 'main', { status: { phase: 'Unavailable', message: 'no such\n bucket.' } })] },
    'its BackupStorageLocation main is Unavailable: no such bucket',
  ],
  [
    'a location that nobody looked at',
    { locations: [storageLocation('backups', 'main', { status: {} })] },
    'its BackupStorageLocation main was not validated yet',
  ],
])('%s leaves nothing to use, with the reason', (...[, changes, why]) => {
  const { features, velero } = judged(changes)
  expect(velero).toBeUndefined()
  expect(features.map(({ isThere, seen }) => ({ isThere, seen }))).toEqual(
    Array.from({ length: 3 }, () => ({ isThere: false, seen: `${called}, but ${why}` })),
  )
})

test('a server that is too old is not used', () => {
  const server = veleroServer('backups', { image: 'docker.io/velero/velero:v1.11.1' })
  expect(seenOf('Velero', { server })).toMatchObject({
    isThere: false,
    seen: expect.stringContaining('suites need v1.12 or newer') as string,
  })
})

test.each([
  [[storageLocation('backups', 'one', { spec: {} }), storageLocation('backups', 'default', { spec: {} })], [], 'default'],
  [[storageLocation('backups', 'one', { spec: {} })], [], 'one'],
  [['one', 'two'].map((name) => storageLocation('backups', name, { spec: {} })), ['--default-backup-storage-location=two'], 'two'],
])('the default location is that of the server where none is marked', (locations, flags, location) => {
  expect(judged({ locations, server: veleroServer('backups', { args: ['server', ...flags] }) }).velero?.location).toBe(location)
})

test('where a provider has several snapshot locations, one for each provider is named', () => {
  const at = (name: string, provider: string) => ({ metadata: { name }, spec: { provider } })
  const several = [at('b', 'disks'), at('a', 'disks'), at('c', 'files')]
  const named = (snapshotLocations: SeenVelero['snapshotLocations'], args = ['server']) =>
    judged({ snapshotLocations, server: veleroServer('backups', { args }) }).velero?.shared?.snapshotLocations
  expect(named(several)).toEqual(['a', 'c'])
  expect(named(several, ['server', '--default-volume-snapshot-locations=disks:b'])).toEqual(['b', 'c'])
  expect(named([at('a', 'disks'), at('c', 'files')])).toEqual([])
})

const old = veleroServer('backups', { image: 'docker.io/velero/velero:v1.13.2' })

test.each<[string, Partial<SeenVelero>, boolean, string]>([
  ['no feature', { server: veleroServer('backups', { args: ['server'] }) }, false, 'does not have the feature EnableCSI'],
  ['no plug-in', { server: old }, false, 'not the plug-in velero.io/csi-pvc-backupper'],
  [
    'a plug-in of its own',
    { server: old, answer: { version: 'v1.13.2', plugins: ['velero.io/csi-pvc-backupper'] } },
    true,
    'has the label',
  ],
  [
    'an old one and no label',
    { server: old, answer: { version: 'v1.13.2', plugins: ['velero.io/csi-pvc-backupper'] }, snapshotClasses: [] },
    false,
    'but VolumeSnapshotClass moments lacks the label',
  ],
  ['no label', { snapshotClasses: [] }, true, 'so each Backup of a suite names it'],
  ['no class', { snapshotClass: { why: 'driver csi.example.com has no VolumeSnapshotClass' } }, false, 'has no VolumeSnapshotClass'],
])('CSI snapshots with %s', (...[, changes, isThere, seen]) => {
  expect(seenOf('VeleroCSI', changes)).toEqual({ isThere, seen: expect.stringContaining(seen) as string })
})

test.each([
  [[], 'no Pod of namespace backups runs "velero node-agent server"'],
  [[nodeAgent('backups', 'one'), nodeAgent('backups', 'two', 'False')], 'the node agent of Velero is not Ready on two'],
])('a node agent that does not serve each node is lacking', (pods, seen) => {
  expect(seenOf('NodeAgent', { pods })).toEqual({ isThere: false, seen })
})
