import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Status, type TestResult } from 'allure-js-commons'
import type { Category } from 'allure-js-commons/sdk'
import { expect, onTestFinished, test } from 'vitest'
import { buildReport } from '../../model/build-report.ts'
import { exampleRun } from '../../testing/example-run.ts'
import { writeAllureResults } from './allure-results.ts'

async function written(options: Parameters<typeof exampleRun>[0]) {
  const directory = await exampleRun(options)
  onTestFinished(() => rm(directory, { recursive: true }))
  const results = await writeAllureResults(await buildReport(directory), directory)
  const names = (await readdir(results)).filter((name) => name.endsWith('-result.json'))
  const parsed = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(results, name), 'utf8')) as TestResult))
  return { directory, results, of: (id: string) => parsed.find(({ fullName }) => fullName === id), count: parsed.length }
}

test('each check of the catalogue is a result with our verdict, its judgements, documentation and severity', async () => {
  const skipped = [{ id: 'velero/comes-back', statement: 'It comes back.', level: 'SHOULD' as const, why: 'need Velero: profile velero' }]
  const { of, count } = await written({ skipped })
  expect(count).toBe(4)
  expect(of('expansion/online')).toMatchObject({
    status: 'broken',
    statusDetails: { message: 'Inconclusive\nThe watch of PersistentVolumeClaim may have missed events between entries 5 and 7.' },
  })
  expect(of('statefulset/halts-while-predecessor-is-not-ready')).toMatchObject({
    status: 'failed',
    statusDetails: { expected: 'web-0 Ready <before> web-1 created' },
    steps: [{ name: 'toUphold Pods start in ordinal order: violated', status: 'failed' }],
    links: [{ url: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees' }],
  })
  expect(of('statefulset/ordered-startup')).toMatchObject({ status: 'passed', statusDetails: { message: 'Passed' } })
  expect(of('statefulset/ordered-startup')?.labels).toContainEqual({ name: 'severity', value: 'critical' })
  expect(of('velero/comes-back')).toMatchObject({
    status: 'skipped',
    statusDetails: { message: 'not selected: need Velero: profile velero' },
  })
})

test('each result is of one category, which takes no test that an Allure is fed with beside it', async () => {
  const skipped = [{ id: 'velero/comes-back', statement: 'It comes back.', level: 'SHOULD' as const, why: 'need Velero: profile velero' }]
  const { results, of } = await written({ skipped })
  const categories = JSON.parse(await readFile(join(results, 'categories.json'), 'utf8')) as readonly Category[]
  const namesFor = ({ status, statusDetails: { message = '' } }: Pick<TestResult, 'status' | 'statusDetails'>) =>
    categories
      .filter(
        ({ matchedStatuses, messageRegex = '' }) => status && matchedStatuses?.includes(status) && new RegExp(messageRegex).test(message),
      )
      .map(({ name }) => name?.split(':')[0])
  const found = ['statefulset/halts-while-predecessor-is-not-ready', 'expansion/online', 'velero/comes-back'].map((id) => {
    const result = of(id)
    return result && namesFor(result)
  })
  expect(found).toEqual([['Failed'], ['Inconclusive'], ['NotSupported or not selected']])
  expect(namesFor({ status: Status.FAILED, statusDetails: { message: 'Failed to parse' } })).toEqual([])
})

test('evidence is attached without a copy of it', async () => {
  const { directory, results, of } = await written({})
  const history = of('statefulset/ordered-startup')?.attachments.find(({ name }) => name === 'history.jsonl')
  const [one, other] = await Promise.all([
    stat(join(results, history?.source ?? '')),
    stat(join(directory, 'evidence/statefulset/ordered-startup/history.jsonl')),
  ])
  expect(one.ino).toBe(other.ino)
})

test('written again, results hold nothing of before, and the evidence stays', async () => {
  const { directory, results } = await written({})
  const before = await readdir(results)
  await writeAllureResults(await buildReport(directory), directory)
  expect(await readdir(results)).toEqual(before)
  expect((await stat(join(directory, 'evidence/statefulset/ordered-startup/history.jsonl'))).size).toBeGreaterThan(0)
})
