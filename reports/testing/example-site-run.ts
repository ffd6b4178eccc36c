import type { SiteRun, SiteVerdict } from '../site/site-run.ts'

/** A run of a site: verdicts by guarantee, each with its seconds if it ran, and what is to differ from the usual run. */
export function exampleSiteRun(verdicts: Readonly<Record<string, SiteVerdict['verdict']>>, other: Partial<SiteRun> = {}): SiteRun {
  const guarantees = Object.entries(verdicts).map(([id, verdict]) => ({
    ...{ id, statement: `What ${id} says.`, level: 'MUST' as const, source: 'https://kubernetes.io/docs/', verdict },
    ...(verdict !== 'NotSupported' && { seconds: 4.5 }),
    ...(verdict !== 'Passed' && { cause: `Why ${id} is ${verdict}.` }),
  }))
  const count = (verdict: string) => guarantees.filter((guarantee) => guarantee.verdict === verdict).length
  return {
    name: `v1.37.2-full-${other.id ?? 'one'}`,
    id: 'one',
    platform: { name: 'csi.example.com-1.37', driver: 'csi.example.com', minor: '1.37' },
    kubernetes: 'v1.37.2',
    profile: 'full',
    startedAt: '2026-11-21T10:00:00.000Z',
    endedAt: '2026-11-21T10:10:00.000Z',
    durationSeconds: 600,
    commit: '0123456789abcdef',
    result: count('Failed') > 0 ? 'failure' : count('Inconclusive') > 0 ? 'partial' : 'success',
    counts: { Passed: count('Passed'), Failed: count('Failed'), Inconclusive: count('Inconclusive'), NotSupported: count('NotSupported') },
    skipped: 0,
    guarantees,
    sha256: 'a'.repeat(64),
    ...other,
  }
}
