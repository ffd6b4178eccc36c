import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resultsSchema } from './model/guarantee-files.ts'
import { startInnerVitest } from './testing/inner-vitest.ts'

const suite = `
import { test } from 'vitest'
const guarantee = (id) => ({ meta: { guarantee: { id } } })
test('a', guarantee('statefulset/ordered-startup'), () => {})
test('b', guarantee('expansion/online'), () => { throw new Error('web is not defined') })
test('c', guarantee('volume-snapshots/restore'), ({ skip }) => skip('no snapshots'))
`

async function runInner(files: Readonly<Record<string, string>>) {
  const { directory, ended } = await startInnerVitest({ files, reporter: 'reporter.ts', variable: 'HOLDFAST_RUN' })
  return { directory, ...(await ended) }
}

const config = `export default { test: { include: ['*.suite.js'] } }`
const passed = JSON.stringify({
  ...{ verdict: 'Passed', reasons: [] },
  ...{ startedAt: '2026-11-27T10:00:00.000Z', endedAt: '2026-11-27T10:00:05.000Z' },
})

test('one line a finished guarantee, with verdict, the time it was put to the test for and reason, and nothing of Vitest', async () => {
  const { directory, output } = await runInner({
    'vitest.config.js': config,
    'a.suite.js': suite,
    'evidence/statefulset/ordered-startup/verdict.json': passed,
    'evidence/volume-snapshots/restore/verdict.json': JSON.stringify({
      verdict: 'NotSupported',
      reasons: [{ summary: 'Cluster x lacks VolumeSnapshots.' }],
    }),
  })
  const results = resultsSchema.parse(JSON.parse(await readFile(join(directory, 'results.json'), 'utf8')))
  const guarantees = JSON.parse(await readFile(join(directory, 'guarantees.json'), 'utf8')) as { readonly id: string }[]
  expect(output.replaceAll(/(online|restore)  \d+\.\d s/g, '$1  0.0 s')).toBe(
    [
      'Passed        statefulset/ordered-startup  5.0 s',
      'Inconclusive  expansion/online  0.0 s',
      '              web is not defined',
      'NotSupported  volume-snapshots/restore  0.0 s',
      '              Cluster x lacks VolumeSnapshots.',
      '',
    ].join('\n'),
  )
  expect(results.results.map(({ id, state }) => [id, state])).toEqual([
    ['statefulset/ordered-startup', 'passed'],
    ['expansion/online', 'failed'],
    ['volume-snapshots/restore', 'skipped'],
  ])
  expect(guarantees.map(({ id }) => id)).toEqual(results.results.map(({ id }) => id))
})

test('a failure that is known is told to be', async () => {
  const entry = { guarantee: 'expansion/online', verdict: 'Inconclusive', why: 'It is being mended.', owner: 'storage' }
  const known = { ...entry, link: 'https://example.com/1', expires: '2026-12-31', when: { driver: 'a.csi' } }
  const { output } = await runInner({
    'vitest.config.js': config,
    'a.suite.js': suite,
    'run.json': JSON.stringify({ startedAt: '2026-11-30T10:00:00.000Z' }),
    'cluster.json': JSON.stringify({ versions: {}, driver: 'a.csi', profile: 'default', features: [] }),
    'known-failures.yaml': JSON.stringify({ knownFailures: [known] }),
  })
  expect(output).toMatch(
    /^Inconclusive {2}expansion\/online .*\n {14}web is not defined\n {14}known until 2026-12-31 \(storage, https:\/\/example.com\/1\): It is being mended\.$/m,
  )
  expect(output.match(/known until/g)).toHaveLength(1)
})

test('where an error was thrown is kept from the project on: where that is on the machine is nobody’s business', async () => {
  const { directory } = await runInner({ 'vitest.config.js': config, 'a.suite.js': suite, 'broken.suite.js': `throw new Error('none')` })
  const text = await readFile(join(directory, 'results.json'), 'utf8')
  const { results, errorsOutsideTests } = resultsSchema.parse(JSON.parse(text))
  const stacks = [...results.flatMap(({ errors }) => errors.map(({ stack }) => stack)), ...errorsOutsideTests]
  expect(stacks).toEqual([expect.stringMatching(/ a\.suite\.js:5:\d+/), expect.stringMatching(/ broken\.suite\.js:1:\d+/)])
  expect(text).not.toContain(directory)
  expect(text).not.toMatch(/\s\(?(?:file:\/\/)?\//)
})

test('errors outside of guarantees are shown and kept', async () => {
  const { directory, errors } = await runInner({ 'vitest.config.js': config, 'broken.suite.js': `throw new Error('no such cluster')` })
  const results = resultsSchema.parse(JSON.parse(await readFile(join(directory, 'results.json'), 'utf8')))
  expect(errors).toMatch(/An error outside of any guarantee: .*no such cluster/)
  expect(results.errorsOutsideTests).toHaveLength(1)
})
