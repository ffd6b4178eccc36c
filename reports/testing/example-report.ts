import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import { type ConformanceReport, resultOf, totalsOf } from '../model/conformance-report.ts'

/** A guarantee of an example report. */
export interface ExampleResult {
  readonly verdict: VerdictName
  /** How long it took; 10 s when absent. */
  readonly seconds?: number
  readonly reason?: string
  readonly statement?: string
}

/** What an example report differs in from the usual one. */
export interface ExampleReport {
  readonly id?: string
  /** By id. */
  readonly guarantees: Readonly<Record<string, VerdictName | ExampleResult>>
  readonly cluster?: Partial<ConformanceReport['cluster']>
  readonly run?: Partial<ConformanceReport['run']>
  readonly skipped?: ConformanceReport['skipped']
  readonly ledger?: ConformanceReport['ledger']
}

const startedAt = '2026-11-21T10:00:00.000Z'

/** A report with the guarantees that a test needs, in memory. */
export function exampleReport({
  id = '20261121-100000-ab12',
  guarantees,
  cluster,
  run,
  skipped = [],
  ledger,
}: ExampleReport): ConformanceReport {
  const results = Object.entries(guarantees).map(([name, given]): ConformanceReport['guarantees'][number] => {
    const { verdict, seconds = 10, reason, statement = `What ${name} states.` } = typeof given === 'string' ? { verdict: given } : given
    const times = { startedAt, endedAt: new Date(Date.parse(startedAt) + seconds * 1000).toISOString() }
    return {
      ...{ id: name, statement, level: 'MUST', source: 'https://kubernetes.io/docs/concepts/', verdict },
      reasons: reason === undefined ? [] : [{ summary: reason }],
      ...(verdict !== 'NotSupported' && times),
      evidence: [],
    }
  })
  return {
    apiVersion: 'holdfast.dev/v1alpha2',
    kind: 'ConformanceReport',
    metadata: { name: id, creationTimestamp: startedAt },
    run: {
      ...{ id, startedAt, endedAt: '2026-11-21T10:01:00.000Z', durationSeconds: 60, command: 'holdfast run', profile: 'standard' },
      ...{ holdfastVersion: '0.1.0', commit: '0123456789abcdef' },
      ...run,
    },
    cluster: {
      ...{ name: 'holdfast-example', profile: 'default', driver: 'csi-hostpath.holdfast.dev', versions: { kubernetes: 'v1.36.3' } },
      nodes: [{ name: 'holdfast-example-worker', role: 'worker', zone: 'zone-a' }],
      ...{ features: ['VolumeExpansion'], images: [] },
      ...cluster,
    },
    guarantees: results,
    skipped,
    totals: totalsOf({ guarantees: results, skipped, ledger }),
    result: resultOf(results),
    ...(ledger && { ledger }),
  }
}
