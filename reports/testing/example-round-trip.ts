import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { HistoryEntry, ObjectRef } from '../../harness/engine/history/history-entry.ts'
import { act, chapter, historyOf, object, pod } from './example-history.ts'
import type { ExampleGuarantee } from './example-run.ts'

const tree = '3f78c1d0a9e64b52871fd3c05be1947a6c2d88e07f31b5a4960c1e2d7f8843ab'
const data: ObjectRef = { kind: 'PersistentVolumeClaim', name: 'data' }
const backup: ObjectRef = { kind: 'Backup', name: 'hf-demo-first', namespace: 'velero' }
const restore: ObjectRef = { kind: 'Restore', name: 'hf-demo-again', namespace: 'velero' }
const namespace: ObjectRef = { kind: 'Namespace', name: 'hf-demo' }

const pvc = (phase: string, uid: string) => {
  const observed = object('PersistentVolumeClaim', 'data', { status: { phase, capacity: { storage: '256Mi' } } })
  return { ...observed, object: { ...observed.object, metadata: { ...observed.object.metadata, uid } } }
}

const of = (kind: string, name: string, phase: string) => object(kind, name, { status: { phase } })

/**
 * A Velero round trip of 1,000 files: written, backed up, destroyed, restored, compared. The story is told; `found` is the digest that came
 * back.
 */
export function roundTrip(found: string = tree): HistoryEntry[] {
  const [first, second] = ['1c9e6f3a-5b0d-4b43-9c57-2f8e60a1d901', '84d02b77-e1f6-4c0a-a5d8-96c3b7f0e412']
  const deleted = pvc('Bound', first)
  return historyOf([
    [0, act('apply', data)],
    [0.04, act('apply', data, 'accepted')],
    [0.1, pvc('Pending', first)],
    [0.9, pvc('Bound', first)],
    [1, pod('writer', 'Pending')],
    [3.2, pod('writer', 'Ready')],
    [3.3, { ...act('exec', { kind: 'Pod', name: 'writer' }), request: { command: ['node', '/opt/workload.mjs', 'fill', '/data'] } }],
    [9.8, act('exec', { kind: 'Pod', name: 'writer' }, 'accepted')],
    [
      9.9,
      chapter('Written', data, {
        text: 'A tree of files was written to the volume and synced; its manifest is kept outside the cluster.',
        facts: { files: 1000, bytes: 104_857_600, 'sha-256 of the tree': tree, 'uid of the PVC': first, seconds: 6.571 },
      }),
    ],
    [10, act('apply', backup)],
    [10.03, act('apply', backup, 'accepted')],
    [10.2, of('Backup', backup.name, 'InProgress')],
    [15.1, of('Backup', backup.name, 'Finalizing')],
    [16.2, of('Backup', backup.name, 'Completed')],
    [
      16.4,
      chapter('Backed up', backup, {
        text: 'Velero took a CSI snapshot of the volume and moved its data to the object store.',
        facts: { 'items backed up': 41, 'objects in the bucket': 63, 'bytes in the bucket': 71_303_412, seconds: 6.2 },
      }),
    ],
    [16.5, act('delete', namespace)],
    [16.52, act('delete', namespace, 'accepted')],
    [16.7, pod('writer', 'Terminating')],
    [18.9, pod('writer', 'Deleted')],
    [19.1, { ...deleted, event: 'DELETED' }],
    [
      22.3,
      chapter('Destroyed', namespace, {
        text: 'The namespace, the PVC, its PersistentVolume and the snapshot are gone, and so are the files of the driver.',
        facts: { 'PVCs left': 0, 'PVs left': 0, 'files of the driver left': 0, seconds: 5.8 },
      }),
    ],
    [22.4, act('apply', restore)],
    [22.43, act('apply', restore, 'accepted')],
    [22.6, of('Restore', restore.name, 'InProgress')],
    [23.4, pvc('Pending', second)],
    [30.9, pvc('Bound', second)],
    [31.2, pod('writer', 'Pending', 'uid-writer-again')],
    [33.8, of('Restore', restore.name, 'Completed')],
    [34.4, pod('writer', 'Ready', 'uid-writer-again')],
    [
      34.6,
      chapter('Restored', restore, {
        text: 'The namespace is back, with another PVC on another volume.',
        facts: { 'uid of the PVC': second, 'volume handle': 'vol-7d10c2f4', 'items restored': 41, seconds: 12.2 },
      }),
    ],
    [
      38.2,
      chapter('Compared', data, {
        text: found === tree ? 'Every file came back as it was written.' : 'One file came back with other content.',
        facts: { 'files compared': 1000, 'bytes compared': 104_857_600, 'sha-256 of the tree': found, seconds: 3.571 },
      }),
    ],
  ])
}

/** A Velero round trip that tells its story, and one whose data came back otherwise. */
export const exampleRoundTrips: readonly ExampleGuarantee[] = [
  {
    guarantee: {
      id: 'velero/data-movement-round-trip',
      statement: 'A namespace whose volumes were backed up with data movement comes back from the object store with every byte.',
      level: 'MUST',
      source: { page: 'https://velero.io/docs/v1.18/csi-snapshot-data-movement/', section: 'to-restore' },
      requires: ['Velero', 'NodeAgent'],
      mutants: ['restore-drops-file'],
      proves: {},
    },
    verdict: 'Passed',
    reasons: [],
    history: roundTrip(),
  },
  {
    guarantee: {
      id: 'velero/file-system-round-trip',
      statement: 'A namespace whose volumes were backed up file by file comes back with every byte.',
      level: 'MUST',
      source: { page: 'https://velero.io/docs/v1.18/file-system-backup/', section: 'to-restore' },
      requires: ['Velero', 'NodeAgent'],
      mutants: ['restore-drops-file'],
      proves: {},
    },
    verdict: 'Failed',
    reasons: [
      {
        summary: 'The tree on PersistentVolumeClaim data is not the one that was written: 1 of 1,000 files differs.',
        expected: 'files/0417 of 104,857 bytes',
        actual: 'files/0417 of 0 bytes',
        entries: [roundTrip().length - 1],
      },
    ],
    history: roundTrip('a0'.repeat(32)),
  },
]

/** Further fields of the cluster record of such a run: its profile, the versions of the backup tools, the images of applications. */
export const backupCluster: Partial<ClusterRecord> = {
  name: 'holdfast-velero',
  profile: 'velero',
  versions: { kubernetes: 'v1.36.3', kind: 'v0.33.0', velero: 'v1.18.3', 'velero-plugin-for-aws': 'v1.14.3', versitygw: 'v1.8.0' },
  features: ['DynamicProvisioning', 'Velero', 'NodeAgent', 'PostgreSQL'],
  lacking: { MongoDB: 'The image docker.io/library/mongo:8 could not be pulled: no registry answers.' },
  applicationImages: { postgres: 'holdfast.local/postgres:15', backupTools: 'holdfast.local/backup-tools:0.1.0' },
  images: [
    { name: 'velero', reference: 'holdfast.local/velero:v1.18.3', imageId: `sha256:${'b'.repeat(64)}`, from: 'built' },
    { name: 'postgres', reference: 'holdfast.local/postgres:15', imageId: `sha256:${'c'.repeat(64)}`, from: 'built' },
  ],
}

/** A guarantee whose needs the cluster of the round trips does not meet. */
export const unmetGuarantee: Guarantee = {
  id: 'app/mongodb-replica-set',
  statement: 'A MongoDB replica set has to be initiated before it replicates.',
  level: 'SHOULD',
  source: { page: 'https://www.mongodb.com/docs/manual/tutorial/deploy-replica-set/', section: '' },
  requires: ['MongoDB'],
  mutants: [],
  proves: {},
}
