import type { KnownFailure } from '../known-failures/known-failure.ts'

/** Failures of the example run that are known: of each of its guarantees that did not pass. */
export const exampleKnownFailures: readonly KnownFailure[] = [
  {
    guarantee: 'statefulset/halts-while-predecessor-is-not-ready',
    verdict: 'Failed',
    reason: 'Pod hf-*/web-1 was created',
    why: 'The controller is patched here & creates <all> Pods at once.',
    link: 'https://example.com/issues/1',
    owner: 'workloads team',
    expires: '2026-12-31',
    when: { kubernetes: '>=1.36 <1.38', features: ['VolumeExpansion'] },
  },
  {
    ...{ guarantee: 'expansion/online', verdict: 'Inconclusive', why: 'The API server is overloaded.' },
    ...{ link: 'https://example.com/issues/2', owner: 'storage team', expires: '2026-12-31' },
  },
]

/** The text of a file with these entries; JSON is YAML. */
export function knownFailuresText(entries: readonly KnownFailure[]): string {
  return `${JSON.stringify({ knownFailures: entries }, null, 2)}\n`
}
