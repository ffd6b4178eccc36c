import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { buildReport } from '../model/build-report.ts'
import type { ConformanceReport } from '../model/conformance-report.ts'
import { type CommitSources, sourceFindings } from './source-findings.ts'

const commit = 'c'.repeat(40)
const suite = 'suites/statefulset/ordered-startup.suite.ts'
const check = 'harness/vocabulary/statefulset/order.ts'
const digests = new Map([
  [suite, 'a'.repeat(64)],
  [check, 'b'.repeat(64)],
])
const guarantees = exampleGuarantees.map(({ guarantee }) => guarantee)

let directory: string
let example: ConformanceReport

beforeEach(async () => {
  directory = await exampleRun()
  example = await buildReport(directory)
})

afterEach(() => rmSync(directory, { recursive: true }))

function madeOf(run: Partial<ConformanceReport['run']>): ConformanceReport {
  return { ...example, run: { ...example.run, commit, ...run } }
}

function lists(sources: Iterable<readonly [string, string]>): void {
  writeFileSync(join(directory, 'sources.sha256'), [...sources].map(([path, digest]) => `${digest}  ${path}\n`).join(''))
}

async function findings(report: ConformanceReport, known: CommitSources | string = { digests, guarantees }) {
  return sourceFindings(directory, report, () => Promise.resolve(known))
}

const none = { problems: [], unproven: [], shown: [] }

test('a run with the sources and guarantees of its commit is shown to have them', async () => {
  lists(digests)
  expect(await findings(madeOf({}))).toEqual({
    ...none,
    shown: [`The guarantees are those of commit ${commit}, and none is left out.`, 'The suites and the harness are, too: 2 files.'],
  })
})

test('sources that are not those of the commit are a problem of a run that says it changed nothing', async () => {
  lists([
    [suite, '0'.repeat(64)],
    ['harness/added.ts', '1'.repeat(64)],
  ])
  const sentence = (path: string) =>
    `${path} was not as in commit ${commit} when the run was made, though the run says that nothing was changed.`
  const { problems } = await findings(madeOf({}))
  expect(problems).toEqual(['harness/added.ts', check, suite].map(sentence))
})

test('sources that were changed, and the run says so, can be compared with no commit', async () => {
  const dirty = madeOf({ commit: `${commit}-dirty`, changedFiles: ['README.md', suite] })
  const sentence = `The run was made with sources that are not those of commit ${commit}: `
  expect(await findings(dirty)).toEqual({ ...none, unproven: [`${sentence}README.md, ${suite}.`] })
  lists([[suite, '0'.repeat(64)], ...[...digests].slice(1)])
  expect(await findings(dirty)).toEqual({ ...none, unproven: [`${sentence}${suite}.`] })
})

test('a run in which only other files were changed is compared like one in which none was', async () => {
  lists(digests)
  const { shown, unproven } = await findings(madeOf({ commit: `${commit}-dirty`, changedFiles: ['README.md'] }))
  expect({ unproven, shown: shown.length }).toEqual({ unproven: [], shown: 2 })
})

test('a guarantee that the commit does not have is a problem', async () => {
  const { problems } = await findings(madeOf({}), { digests, guarantees: guarantees.slice(1) })
  expect(problems).toEqual([`guarantees.json has statefulset/ordered-startup, which commit ${commit} has not.`])
})

test('what cannot be looked up is said', async () => {
  expect(await findings(madeOf({}), '/somewhere has no such commit.')).toEqual({
    ...none,
    unproven: [`The suites were not compared with commit ${commit}: /somewhere has no such commit.`],
  })
  const unproven = ['The run names no commit of its suites: it says "unknown".']
  expect(await findings(madeOf({ commit: 'unknown' }))).toEqual({ ...none, unproven })
  expect((await findings(madeOf({ commit: '--upload-pack=touch' }))).unproven).toHaveLength(1)
})
