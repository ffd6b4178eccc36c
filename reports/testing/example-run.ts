import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import type { JudgementRecord, Reason } from '../../harness/engine/history/judgement-record.ts'
import type { VerdictName, VerdictRecord } from '../../harness/engine/judge/verdict-record.ts'
import { knownFailuresFile } from '../known-failures/section.ts'
import type { SkippedCheck } from '../model/conformance-report.ts'
import type { CoveredEntry } from '../model/ledger.ts'
import { type Failure, seenBeforeFile } from '../model/seen-to-fail.ts'
import type { SensitivityRow } from '../model/sensitivity.ts'
import { writeSums } from '../../harness/engine/evidence/verify-evidence.ts'
import { expansionWithGap, orderedStartup, parallelStartup } from './example-history.ts'

const startedAt = '2026-11-21T10:00:00.000Z'
const endedAt = '2026-11-21T10:00:12.300Z'

/** The cluster of the example run. */
export const exampleCluster: ClusterRecord = {
  schemaVersion: 1,
  name: 'holdfast-example',
  profile: 'kind',
  createdAt: startedAt,
  kubeconfig: '/nowhere/kubeconfig',
  context: 'kind-holdfast-example',
  versions: { kubernetes: 'v1.36.3', kind: 'v0.32.0', 'snapshot-controller': 'v8.4.0', 'csi-hostpath': '0.1.0' },
  nodes: [{ name: 'holdfast-example-worker', role: 'worker', zone: 'zone-a', container: 'holdfast-example-worker', address: '172.18.0.3' }],
  features: ['DynamicProvisioning', 'VolumeExpansion'],
  driver: 'csi-hostpath.holdfast.dev',
  storageClass: 'holdfast',
  snapshotClass: 'holdfast',
  storageClasses: {},
  groupSnapshotClass: '',
  volumeAttributesClasses: [],
  faultyStorageClasses: {},
  faultySnapshotClasses: {},
  faultyGroupSnapshotClasses: {},
  images: [
    { name: 'csi-provisioner', reference: 'holdfast.local/csi-provisioner:v6.1.0', imageId: `sha256:${'a'.repeat(64)}`, from: 'built' },
  ],
  workloadImage: 'holdfast.local/workload:1',
  callLogDirectory: null,
}

/** A guarantee of the example run and what its suite left. */
export interface ExampleGuarantee {
  readonly guarantee: Guarantee
  readonly verdict: VerdictName
  readonly reasons: readonly Reason[]
  readonly history: readonly HistoryEntry[]
}

const page = 'concepts/workloads/controllers/statefulset'

/** One guarantee of each verdict but NotSupported. */
export const exampleGuarantees: readonly ExampleGuarantee[] = [
  {
    guarantee: {
      id: 'statefulset/ordered-startup',
      statement: 'Pods of a StatefulSet are created one at a time in ordinal order; each waits until its predecessor is Running and Ready.',
      level: 'MUST',
      source: { page, section: 'deployment-and-scaling-guarantees' },
      requires: ['DynamicProvisioning'],
      mutants: ['parallel-pod-management'],
      proves: {},
    },
    verdict: 'Passed',
    reasons: [],
    history: orderedStartup(),
  },
  {
    guarantee: {
      id: 'statefulset/halts-while-predecessor-is-not-ready',
      statement: 'No Pod of a StatefulSet is started while its predecessor is not Ready.',
      level: 'MUST',
      source: { page, section: 'deployment-and-scaling-guarantees' },
      requires: [],
      mutants: ['parallel-pod-management'],
      proves: {},
    },
    verdict: 'Failed',
    reasons: [
      {
        summary: 'Pod hf-demo/web-1 was created before Pod web-0 was Ready.',
        expected: 'web-0 Ready <before> web-1 created',
        actual: 'web-1 created at +0.32 s, web-0 Ready at +3.40 s',
        entries: [3],
      },
    ],
    history: parallelStartup(),
  },
  {
    guarantee: {
      id: 'expansion/online',
      statement: 'A Pod that uses an expanded PersistentVolumeClaim sees the new size without being restarted.',
      level: 'MUST',
      source: { page: 'concepts/storage/persistent-volumes', section: 'resizing-an-in-use-persistentvolumeclaim' },
      requires: ['OnlineExpansion', 'VolumeExpansion'],
      mutants: ['expansion-books-only'],
      proves: {},
    },
    verdict: 'Inconclusive',
    reasons: [{ summary: 'The watch of PersistentVolumeClaim may have missed events between entries 5 and 7.', entries: [6] }],
    history: expansionWithGap(),
  },
]

/** Deviations from the usual example run. */
export interface ExampleOptions {
  /** Of the run. */
  readonly id?: string
  readonly examples?: readonly ExampleGuarantee[]
  /** Fields of the cluster record that differ. */
  readonly cluster?: Partial<ClusterRecord>
  /** Guarantees that were asked for and left nothing. */
  readonly unmet?: readonly Guarantee[]
  /** Checks that were not selected. */
  readonly skipped?: readonly SkippedCheck[]
  /** Entries of the ledger. */
  readonly ledger?: readonly CoveredEntry[]
  /** Controls of the run. */
  readonly controls?: readonly SensitivityRow[]
  /** What earlier runs have shown, by guarantee. */
  readonly seenBefore?: Readonly<Record<string, Failure>>
  /** Text of the file of known failures that the run was given. */
  readonly knownFailures?: string
}

/** Writes a whole run directory as a run leaves it, into a new temporary directory. Returns its path. */
export async function exampleRun({
  id = '20261121-100000-ab12',
  examples = exampleGuarantees,
  cluster = {},
  unmet = [],
  skipped = [],
  ledger,
  controls,
  seenBefore,
  knownFailures,
}: ExampleOptions = {}): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix('example')))
  await writeAll(directory, {
    'run.json': json({
      schemaVersion: 1,
      id,
      startedAt,
      endedAt: '2026-11-21T10:01:00.000Z',
      command: 'holdfast run',
      profile: cluster.profile ?? 'standard',
      commit: '0123456789abcdef',
      holdfast: '0.1.0',
    }),
    'cluster.json': json({ ...exampleCluster, ...cluster }),
    'guarantees.json': json([...examples.map(({ guarantee }) => guarantee), ...unmet]),
    'skipped.json': json(skipped),
    ...(ledger === undefined ? {} : { 'ledger.json': json(ledger) }),
    ...(controls && { 'sensitivity.json': json({ schemaVersion: 1, rows: controls }) }),
    ...(seenBefore && { [seenBeforeFile]: json(seenBefore) }),
    ...(knownFailures !== undefined && { [knownFailuresFile]: knownFailures }),
    'results.json': json({
      results: examples.map(({ guarantee, verdict }) => ({
        id: guarantee.id,
        state: verdict === 'Passed' ? 'passed' : 'failed',
        startedAt,
        durationSeconds: 12.3,
        errors: [],
      })),
      errorsOutsideTests: [],
    }),
  })
  for (const example of examples) await writeEvidence(join(directory, 'evidence', example.guarantee.id), example)
  return directory
}

/** Writes the evidence folder of one guarantee, with its `SHA256SUMS`. */
export async function writeEvidence(folder: string, { guarantee, verdict, reasons, history }: ExampleGuarantee): Promise<void> {
  const judgement: JudgementRecord = {
    verb: 'toUphold',
    name: 'pods-start-in-ordinal-order',
    params: { statefulSet: 'web', replicas: 3 },
    description: 'Pods start in ordinal order',
    fromSeq: 0,
    untilSeq: history.length,
    outcome: verdict === 'Passed' ? 'upheld' : verdict === 'Failed' ? 'violated' : 'inconclusive',
    ...(reasons[0] === undefined ? {} : { reason: reasons[0] }),
  }
  const { id, statement, level, source } = guarantee
  const record: VerdictRecord = {
    id,
    statement,
    level,
    source,
    verdict,
    reasons,
    startedAt,
    endedAt: [endedAt, history.at(-1)?.at ?? endedAt].toSorted().at(-1) ?? endedAt,
    namespace: 'hf-demo',
    entriesByType: {},
    judgements: 1,
    requests: 42,
  }
  await writeAll(folder, {
    'guarantee.json': json(guarantee),
    'history.jsonl': history.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
    'judgements.jsonl': `${JSON.stringify(judgement)}\n`,
    'verdict.json': json(record),
    'events.yaml': 'items: []\n',
    'objects/StatefulSet-web.yaml': 'kind: StatefulSet\nmetadata:\n  name: web\n',
    'logs/web-0-main.log': 'ready\n',
  })
  writeSums(folder)
}

async function writeAll(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
