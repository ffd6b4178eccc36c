import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import { exampleRun } from '../../reports/testing/example-run.ts'
import { closeRun } from './close-run.ts'
import { type EndedRun, endRun } from './end-run.ts'

/** Two errors, as an `await using` that fails after its block throws them. */
const both = () => new SuppressedError(new Error('permission denied'), new Error('no such container'))

const fails = async () => {
  throw both()
}

interface Trouble {
  readonly logs?: TearDownStep['run']
  readonly removal?: TearDownStep['run']
  readonly work?: EndedRun['work']
  /** Changes the run directory, whose example holds a Passed, a Failed and an Inconclusive guarantee, before the run is ended. */
  readonly spoil?: (directory: string) => void
}

/** Ends a run, and tells its exit code, the steps that were taken, what was printed and what is on disk. */
async function ended({ logs = () => undefined, removal = () => undefined, work = { status: 'fulfilled', value: 1 }, spoil }: Trouble) {
  const directory = await exampleRun()
  onTestFinished(() => rmSync(directory, { recursive: true }))
  spoil?.(directory)
  const printed: string[] = []
  const capture = (text: unknown) => printed.push(String(text)) > 0
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(capture),
    vi.spyOn(process.stderr, 'write').mockImplementation(capture),
  ]
  onTestFinished(() => spies.forEach((spy) => spy.mockRestore()))
  const taken: string[] = []
  const step = (name: string, run: TearDownStep['run']): TearDownStep => ({
    name,
    limit: 0.1,
    run: (signal) => (taken.push(name), run(signal)),
  })
  const run = { id: 'example', path: directory }
  const code = await endRun({
    ...{ run, work },
    before: [step('Collecting logs', logs)],
    report: async () => (taken.push('report'), closeRun(run, { interruptedBy: undefined })),
    after: [step('Deleting the cluster', removal)],
  })
  const noted = () =>
    (JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as { readonly findings?: readonly string[] }).findings ?? []
  const reported = () => {
    const text = readFileSync(join(directory, 'report.json'), 'utf8')
    return (JSON.parse(text) as { readonly run: { readonly findings?: readonly string[] } }).run.findings ?? []
  }
  return { code, taken, printed: printed.join(''), noted, reported }
}

const everything = ['Collecting logs', 'report', 'Deleting the cluster']
const never = async () => new Promise<never>(() => undefined)
const inPlaceOf = (file: string) => (directory: string) => mkdirSync(join(directory, file), { recursive: true })

test('without trouble the exit code is that of the verdicts, and nothing is noted', async () => {
  const { code, taken, printed, noted } = await ended({})
  expect({ code, taken, noted: noted() }).toEqual({ code: 1, taken: everything, noted: [] })
  expect(printed).not.toContain('Finding')
})

test.each<[string, Trouble, readonly string[]]>([
  ['collecting logs fails', { logs: fails }, ['no such container', 'permission denied']],
  ['collecting logs hangs', { logs: never }, ['Collecting logs was abandoned']],
  ['deleting the cluster fails', { removal: fails }, ['no such container', 'permission denied']],
  ['deleting the cluster hangs', { removal: never }, ['Deleting the cluster was abandoned']],
  ['the suites could not be run', { work: { status: 'rejected', reason: both() } }, ['no such container', 'permission denied']],
  ['report.json cannot be written', { spoil: inPlaceOf('report.json') }, ['Writing report.json failed']],
  ['junit.xml cannot be written', { spoil: inPlaceOf('junit.xml') }, ['Writing junit.xml failed']],
  ['the page cannot be written', { spoil: inPlaceOf('index.html') }, ['Writing index.html failed']],
])('%s: verdicts, summary and exit code stay, all causes are printed and noted', async (_, trouble, causes) => {
  const { code, taken, printed, noted } = await ended(trouble)
  expect({ code, taken }).toEqual({ code: 1, taken: everything })
  expect(printed).toContain('1 Failed')
  for (const cause of causes) {
    expect(printed).toContain(cause)
    expect(noted().join('\n')).toContain(cause)
  }
})

test.each<[string, Trouble]>([
  ['before the report was written', { logs: fails }],
  ['since the report was written', { removal: fails }],
  ['while the report was written', { spoil: inPlaceOf('junit.xml') }],
])('what went wrong %s is in the report', async (_, trouble) => {
  const { reported, noted } = await ended(trouble)
  expect(noted()).toHaveLength(1)
  expect(reported()).toEqual(noted())
})

test('what went wrong while a guarantee was torn down is printed and noted', async () => {
  const { printed, noted, code } = await ended({
    spoil: (directory) =>
      writeFileSync(
        join(directory, 'evidence/statefulset/ordered-startup/findings.json'),
        JSON.stringify({ findings: ['PersistentVolume pv-1 remains.'] }),
      ),
  })
  expect(printed).toContain('Finding: statefulset/ordered-startup: PersistentVolume pv-1 remains.')
  expect({ code, noted: noted() }).toEqual({ code: 1, noted: ['statefulset/ordered-startup: PersistentVolume pv-1 remains.'] })
})

test.each<[string, Trouble, number]>([
  ['and a verdict is Failed', {}, 1],
  [
    'and none is Failed',
    { spoil: (directory) => rmSync(join(directory, 'evidence/statefulset/halts-while-predecessor-is-not-ready'), { recursive: true }) },
    2,
  ],
  ['and there is no verdict at all', { spoil: (directory) => rmSync(join(directory, 'evidence'), { recursive: true }) }, 3],
])('the report cannot be built %s', async (_, { spoil }, expected) => {
  const unreadable = (directory: string) => {
    spoil?.(directory)
    writeFileSync(join(directory, 'cluster.json'), '{"schemaVersion": 0}')
  }
  const { code, taken, printed } = await ended({ spoil: unreadable, removal: fails })
  expect({ code, taken }).toEqual({ code: expected, taken: everything })
  expect(printed).toMatch(/Writing the report failed: .*cluster\.json[^]*no such container Cause: permission denied/)
})
