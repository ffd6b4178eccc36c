import { expect, test } from 'vitest'
import type { ConformanceReport } from '../model/conformance-report.ts'
import { exampleReport } from '../testing/example-report.ts'
import { reproductionOf } from './reproduce.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'
const repository = 'https://git.example.com/storage/holdfast.git'
const none = () => false

function ofRun(run: Partial<ConformanceReport['run']>, cluster: Partial<ConformanceReport['cluster']> = {}): ConformanceReport {
  const report = exampleReport({ guarantees: { 'a/b': 'Passed' } })
  const nodes = ['control-plane', 'worker', 'worker'].map((role, index) => ({ name: `n${index}`, role, zone: 'a' }))
  return {
    ...report,
    run: { ...report.run, commit, repository, ...run },
    cluster: {
      ...report.cluster,
      profile: 'default',
      versions: { kubernetes: 'v1.37.2' },
      nodes,
      ...cluster,
    } as ConformanceReport['cluster'],
  }
}

test('a run of a clean commit is done again by one command that names what settings chose', () => {
  const { command, notes } = reproductionOf(ofRun({ command: 'holdfast run --profile full', profile: 'full' }), none)
  expect(command).toBe(
    `git clone ${repository} holdfast && cd holdfast && git checkout ${commit} && ./holdfast run --profile full --kubernetes 1.37.2 --workers 2`,
  )
  expect(notes).toEqual([])
})

test('a kept cluster and what is only left behind are no part of it', () => {
  const typed =
    'holdfast run statefulset --cluster holdfast-t --assessor Ada of Example --retain --stop-after 90 --level MUST --baseline=old'
  const { command } = reproductionOf(ofRun({ command: typed, profile: undefined }), none)
  expect(command).toMatch(/&& \.\/holdfast run statefulset --level MUST --kubernetes 1\.37\.2 --workers 2$/)
})

test('changes, suites of one’s own and known failures are those that the run keeps', () => {
  const suites = { name: 'keeper', areas: ['keeper'], files: 2, sha256: 'a'.repeat(64) }
  const run = {
    command: 'holdfast run --suites /home/ada/keeper',
    commit: `${commit}-dirty`,
    changedFiles: ['suites/a.ts'],
    ownSuites: [suites],
  }
  const { command, notes } = reproductionOf(ofRun({ ...run, profile: 'standard' }), (path) => path === 'changes.patch')
  expect(command).toBe(
    `run=$PWD && git clone ${repository} holdfast && cd holdfast && git checkout ${commit} && git apply "$run/changes.patch" && ./holdfast run --suites "$run/own-suites/keeper" --profile standard --kubernetes 1.37.2 --workers 2`,
  )
  expect(notes).toEqual(['Give it in the directory of this report.'])
})

test('what cannot be done again exactly is said', () => {
  const { command, notes } = reproductionOf(ofRun({ commit: `${commit}-dirty`, repository: undefined, command: 'holdfast run' }), none)
  expect(command).toMatch(new RegExp(`^git checkout ${commit} && \\./holdfast run `))
  expect(notes).toEqual([
    'The run does not know the address of its repository: begin in a checkout of Holdfast.',
    'Files differed from the commit, and the run did not keep how: it cannot be done again exactly.',
  ])
})

test('a cluster that Holdfast did not make is named by whoever does it again', () => {
  const typed = 'holdfast run --kubeconfig mine --storage-class fast'
  const { command, notes } = reproductionOf(ofRun({ command: typed, profile: 'standard' }, { profile: 'existing' }), none)
  expect(command).toMatch(/&& \.\/holdfast run --kubeconfig mine --storage-class fast$/)
  expect(notes).toEqual(['The cluster was not made by Holdfast: name yours in its place.'])
})
