/** Faults of the driver that a comparison must find, each with another visible effect. None keeps the probes of a run from their end. */
export const comparedFaults = [
  'restore-empty',
  'restore-current-source',
  'restore-shares-source',
  'expansion-books-only',
  'expansion-truncates',
  'delete-leaves-data',
  'read-only-is-writable',
  'size-not-enforced',
  'attach-on-two-nodes',
  'fsync-lies',
] as const

/** Guarantees that are compared: each fault breaks one of them, each takes seconds, and a cluster of others has all that they need. */
export const comparedGuarantees = [
  'access-modes/rox-read-only',
  'access-modes/rwo-second-node-refused',
  'expansion/online-growth',
  'expansion/writes-continue-during-expansion',
  'persistent-volumes/clone-equals-source',
  'persistent-volumes/delete-removes-volume',
  'topology/rwo-volume-in-either-zone',
  'volume-snapshots/restore-equals-snapshot',
  'volume-snapshots/source-unchanged',
  'volume-snapshots/unflushed-data-not-included',
  'volumes/block-grows-online',
  'volumes/capacity-enforced',
] as const

/**
 * Features that the class has, whatever probes show of it: the driver says so of itself, and a fault must make a guarantee fail, not take
 * it out of the run.
 */
export const declaredFeatures = [
  'BlockVolumes',
  'EnforcedCapacity',
  'MovableVolumes',
  'OnlineExpansion',
  'ReadWriteMany',
  'VolumeCloning',
  'VolumeExpansion',
] as const

/** Words of a run on a class: that of a fault makes the fault active, and the report names the class. */
export function wordsOfRun(of: { readonly kubeconfig: string; readonly storageClass: string; readonly snapshotClass: string }) {
  const { kubeconfig, storageClass, snapshotClass } = of
  const place = ['--kubeconfig', kubeconfig, '--storage-class', storageClass, '--snapshot-class', snapshotClass]
  return ['run', ...comparedGuarantees, ...place, '--declare', declaredFeatures.join(',')]
}

/** What of a record in `suites/kills.json` is read. */
export interface KillOfPair {
  readonly guarantee: string
  readonly mutant: string
  /** Of a mutant of Kubernetes itself. */
  readonly component?: string
  readonly outcome: string
}

/** Compared guarantees that a fault is known to break. */
export function expectedWorse(kills: readonly KillOfPair[], fault: string): readonly string[] {
  const killed = kills.filter(({ mutant, component, outcome }) => mutant === fault && component === undefined && outcome === 'killed')
  return comparedGuarantees.filter((id) => killed.some(({ guarantee }) => guarantee === id))
}

/** What a comparison has come to, beside what it must. */
export interface FaultRow {
  readonly fault: string
  readonly worse: readonly string[]
  readonly expected: readonly string[]
}

/** What of a comparison as JSON is read. */
export interface ReadComparison {
  readonly verdicts: readonly { readonly id: string; readonly direction: string }[]
}

/** Guarantees that are worse in a comparison. */
export function worseIn({ verdicts }: ReadComparison): readonly string[] {
  return verdicts
    .filter(({ direction }) => direction === 'worse')
    .map(({ id }) => id)
    .toSorted()
}

/** Expected guarantees that a comparison did not find worse. */
export function missedIn({ worse, expected }: FaultRow): readonly string[] {
  return expected.filter((id) => !worse.includes(id))
}

/** The rows as a table in Markdown. */
export function faultTable(rows: readonly FaultRow[]): readonly string[] {
  const cell = (ids: readonly string[]) => (ids.length === 0 ? '–' : ids.join(', '))
  return [
    '| fault | found worse | expected to be worse | expected and not found | anything else worse |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => {
      const others = row.worse.filter((id) => !row.expected.includes(id))
      return `| ${row.fault} | ${[row.worse, row.expected, missedIn(row), others].map(cell).join(' | ')} |`
    }),
  ]
}

/** Durations as `cli/budget/durations.json` has them, in seconds. */
export interface ReadDurations {
  readonly stages: Readonly<Record<string, number>>
  readonly guarantees: Readonly<Record<string, number>>
}

/** Guarantees at once, as when the stored durations were measured. */
const atOnce = 5

/** Seconds of a run on a cluster of others apart from its guarantees: a Pod on each node, the probes of its class, and the report. */
const around = 70

/** Seconds by which a run takes longer where a guarantee waits out what a fault keeps from coming. */
const longerUnderFault = 20

/** Seconds of a cluster, a run of each fault, and one without a fault before and after them. */
export function estimatedSeconds({ stages, guarantees }: ReadDurations, faults: readonly string[]): number {
  const cluster = (stages['cluster up'] ?? 0) + (stages['cluster down'] ?? 0)
  const seconds = comparedGuarantees.map((id) => guarantees[id] ?? 0)
  const run = around + Math.max(...seconds, seconds.reduce((sum, each) => sum + each, 0) / atOnce)
  return cluster + 2 * run + faults.length * (run + longerUnderFault)
}
