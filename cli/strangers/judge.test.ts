import { expect, test } from 'vitest'
import { lackingSentence } from '../../contract/applicability.ts'
import { differencesOf, type JudgedReport } from './judge.ts'

type Verdict = JudgedReport['guarantees'][number]['verdict']

function guarantee(id: string, verdict: Verdict, summary?: string): JudgedReport['guarantees'][number] {
  const reasons = summary === undefined ? [] : [{ summary, actual: 'seen: 2Gi' }]
  return { id, statement: 's', level: 'MUST', source: 'https://example.com', verdict, reasons, evidence: [] }
}

const evidence = [
  { feature: 'VolumeCloning', isThere: false, by: 'probe', seen: 'no clone within 30 s' },
  { feature: 'BlockVolumes', isThere: true, by: 'probe', seen: 'a Pod used one' },
] as const

function report(...guarantees: JudgedReport['guarantees']): JudgedReport {
  return { guarantees: [guarantee('a/passes', 'Passed'), ...guarantees], cluster: { platform: { evidence: [...evidence] } } }
}

const expected = {
  lacks: { VolumeCloning: 'It has none.' },
  fails: { 'volumes/size': { says: '2Gi', because: 'Nothing limits a directory.' } },
}

test('what comes out as reviewed is no difference', () => {
  const failed = guarantee('volumes/size', 'Failed', 'More was written than fits.')
  const lacking = guarantee('volumes/clone', 'NotSupported', 'Cluster x lacks VolumeCloning (no clone within 30 s).')
  const never = guarantee('recovery/node', 'NotSupported', 'Cluster x lacks NodeControl.')
  const old = guarantee('updates/new', 'NotSupported', 'It does not apply to cluster x: it holds from Kubernetes 1.40 on.')
  expect(differencesOf(report(failed, lacking, never, old), expected)).toEqual([])
})

test('an expected failure that was not selected is no difference', () => {
  expect(differencesOf(report(), expected)).toEqual([])
})

test.each<[Verdict, string, string]>([
  ['Failed', 'It is gone.', 'other/one is Failed, which nobody expects: It is gone.'],
  ['Inconclusive', 'A watch was late.', 'other/one is Inconclusive: A watch was late.'],
  ['NotSupported', 'Cluster x lacks VolumeCloning.', 'other/one is NotSupported without evidence: Cluster x lacks VolumeCloning.'],
])('%s that nobody expects is one', (verdict, summary, sentence) => {
  expect(differencesOf(report(guarantee('other/one', verdict, summary)), expected)).toEqual([sentence])
})

test('an expected failure that does not come, or for another reason, is one', () => {
  expect(differencesOf(report(guarantee('volumes/size', 'Passed')), expected)).toEqual([
    'volumes/size is Passed, not Failed as it must be: Nothing limits a directory. (for no reason)',
  ])
  const other = { ...guarantee('volumes/size', 'Failed', 'The Pod never ran.'), reasons: [{ summary: 'The Pod never ran.' }] }
  expect(differencesOf(report(other), expected)).toEqual(['volumes/size is Failed, but its reason does not say "2Gi": The Pod never ran.'])
})

test('a machine without a kubectl is no property of storage', () => {
  const lacking = { Kubectl: 'there is no kubectl on the PATH of this machine' }
  const summary = lackingSentence({ name: 'x', lacking }, ['Kubectl'])
  expect(differencesOf(report(guarantee('diagnosis/commands', 'NotSupported', summary)), expected)).toEqual([])
})

test('a feature that is lacking or there against the list is one', () => {
  expect(differencesOf(report(), { fails: {}, lacks: { BlockVolumes: 'It has none.' } })).toEqual([
    'VolumeCloning counts as lacking, which nobody expects: no clone within 30 s (by probe)',
    'BlockVolumes counts as there (a Pod used one), not as lacking: It has none.',
  ])
})

test('whether nodes get the image of a database is no property of storage', () => {
  const seen = [{ feature: 'MongoDB', isThere: false, by: 'probe', seen: 'its image was not pulled' } as const]
  const cluster = { platform: { evidence: seen } }
  expect(differencesOf({ guarantees: report().guarantees, cluster }, { lacks: {}, fails: {} })).toEqual([])
})

test('a run that shows nothing is no proof', () => {
  expect(differencesOf({ guarantees: [], cluster: {} }, expected)).toEqual([
    'No guarantee Passed.',
    'The report does not say how features are known.',
  ])
})
