import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { TearDownStep } from '../../harness/engine/fixtures/tear-down.ts'
import { exampleRun } from '../../reports/testing/example-run.ts'
import { startStages } from '../budget/stages.ts'
import { closeRun } from './close-run.ts'
import { endInStages, type EndedStages } from './end-in-stages.ts'

interface Trouble {
  readonly logs?: TearDownStep['run']
  readonly removal?: TearDownStep['run']
  readonly work?: EndedStages['work']
  /** Changes the run directory before the run is ended. */
  readonly spoil?: (directory: string) => void
}

/** Ends a run in stages, and returns the failed checks of each stage and what was printed. */
async function ended({ logs = () => undefined, removal = () => undefined, work = { status: 'fulfilled', value: 1 }, spoil }: Trouble) {
  const directory = await exampleRun()
  onTestFinished(() => rmSync(directory, { recursive: true }))
  spoil?.(directory)
  const printed: string[] = []
  const capture = (text: unknown) => printed.push(String(text)) > 0
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(capture))
  onTestFinished(() => spies.forEach((spy) => spy.mockRestore()))
  const stages = startStages()
  const run = { id: 'example', path: directory }
  await endInStages({
    ...{ run, work, stages },
    before: [{ name: 'Collecting logs', limit: 0.1, run: logs }],
    report: async () => closeRun(run, { interruptedBy: undefined }),
    after: [{ name: 'Deleting the cluster', limit: 0.1, run: removal }],
  })
  return { failed: Object.fromEntries(stages.done.map((stage) => [stage.name, stage.failed])), printed: printed.join('') }
}

const fails = async () => Promise.reject(new Error('no such container'))
const never = async () => new Promise<never>(() => undefined)

const good = { report: 0, 'cluster down': 0 }
const badEnd = { report: 0, 'cluster down': 1 }
const badReport = { report: 1, 'cluster down': 0 }
const findingsOf = 'evidence/statefulset/ordered-startup/findings.json'

const cases: Readonly<Record<string, Trouble & { readonly failed: Readonly<Record<string, number>>; readonly line: string }>> = {
  'nothing fails': { failed: good, line: '1 Failed' },
  'collecting logs fails': { logs: fails, failed: badEnd, line: 'Finding: Collecting logs failed: no such container' },
  'deleting the cluster fails': { removal: fails, failed: badEnd, line: 'Finding: Deleting the cluster failed' },
  'deleting the cluster hangs': { removal: never, failed: badEnd, line: 'Finding: Deleting the cluster was abandoned' },
  'both fail': { logs: fails, removal: fails, failed: badEnd, line: 'Finding: Deleting the cluster failed' },
  'the page cannot be written': {
    spoil: (directory) => mkdirSync(join(directory, 'index.html')),
    failed: badReport,
    line: 'Finding: Writing index.html failed',
  },
  'the report cannot be built': {
    spoil: (directory) => writeFileSync(join(directory, 'cluster.json'), '{}'),
    failed: badReport,
    line: 'Finding: Writing the report failed',
  },
  'a guarantee was not torn down, which its own verdict and findings are about': {
    spoil: (directory) => writeFileSync(join(directory, findingsOf), JSON.stringify({ findings: ['pv-1 remains.'] })),
    failed: good,
    line: 'Finding: statefulset/ordered-startup: pv-1 remains.',
  },
  'the suites broke, which is a failure of their own stage': {
    work: { status: 'rejected', reason: new Error('vitest is gone') },
    failed: good,
    line: 'vitest is gone',
  },
}

test.each(Object.entries(cases))(
  '%s: every stage is run, and what failed is printed and counted',
  async (_, { failed, line, ...trouble }) => {
    const result = await ended(trouble)
    expect(result.failed).toEqual(failed)
    expect(result.printed).toContain(line)
  },
)
