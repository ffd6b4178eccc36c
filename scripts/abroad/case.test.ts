import { expect, test } from 'vitest'
import { complaintsAbout, type Outcome } from './case.ts'
import { casesOn } from './cases.ts'

const refused = { says: [/has no default StorageClass/], exitCode: 3, within: 60 }
const asItMust: Outcome = {
  ...{ exitCode: 3, stdout: 'looking around\n', seconds: 4, left: [] },
  stderr: 'The cluster has no default StorageClass. Choose one with --storage-class: fast.\n',
}

test('a case that came out as it must leaves nothing to complain about', () => {
  expect(complaintsAbout(refused, asItMust)).toEqual([])
  const passed = { says: [/Passed/], exitCode: 0, within: 300 }
  expect(complaintsAbout(passed, { ...asItMust, exitCode: 0, stdout: 'Passed', stderr: 'a\nb\n' })).toEqual([])
})

test.each<[string, Partial<Outcome>, readonly string[]]>([
  ['another exit code', { exitCode: 0 }, ['exit code 0 in place of 3']],
  ['no exit code', { exitCode: undefined }, ['exit code none in place of 3']],
  ['too long', { seconds: 71.2 }, ['71 s in place of at most 60 s']],
  ['another sentence', { stderr: 'The cluster is gone. Find it.' }, ['nothing says /has no default StorageClass/']],
  ['a stack', { stderr: `${asItMust.stderr}    at file.ts:1\n` }, ['2 lines on standard error in place of one sentence with its fix']],
  ['no fix', { stderr: 'The cluster has no default StorageClass.' }, ['the sentence on standard error has no fix']],
  ['leftovers', { left: [{ uid: 'u', kind: 'Lease', name: 'kube-system/holdfast' }] }, ['left 1 Lease: kube-system/holdfast']],
])('%s', (_, changes, complaints) => {
  expect(complaintsAbout(refused, { ...asItMust, ...changes })).toEqual(complaints)
})

test('cases have names of their own, and whoever cannot start is told so within a minute', () => {
  const cases = casesOn({ image: 'registry.example.com/workload:1' })
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  expect(cases.filter(({ says }) => says.length === 0)).toEqual([])
  expect(cases.filter(({ exitCode, within }) => exitCode === 3 && within > 60)).toEqual([])
})
