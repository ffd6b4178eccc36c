import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { type ExampleReport, exampleReport } from '../testing/example-report.ts'
import { NotComparable, runsOfSide } from './runs-of-side.ts'

const published = join(import.meta.dirname, '..', 'published')

/** A directory with a run for each name: its report, or nothing but `run.json` where it has not ended. */
function directoryWith(runs: Readonly<Record<string, ExampleReport | 'not ended'>>): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const [name, run] of Object.entries(runs)) {
    mkdirSync(join(directory, name))
    writeFileSync(join(directory, name, 'run.json'), '{}')
    if (run !== 'not ended') writeFileSync(join(directory, name, 'report.json'), JSON.stringify(exampleReport({ id: name, ...run })))
  }
  mkdirSync(join(directory, 'checks'))
  return directory
}

const passed: ExampleReport = { guarantees: { 'a/b': 'Passed' } }

test.each(['v1.36.3-full-20261127-174436-d907', 'v1.37.2-full-20261129-185551-9292'])('%s is read, old or new', async (name) => {
  const [directory, file] = [join(published, name), join(published, name, 'report.json')]
  const side = await runsOfSide(directory)
  expect(side.runs.map(({ report }) => report.run.id)).toEqual([name.split('-').slice(2).join('-')])
  expect(await runsOfSide(file)).toEqual(side)
})

test('a directory of runs of one platform is one side, without those that have not ended', async () => {
  const directory = directoryWith({
    one: passed,
    other: passed,
    third: 'not ended',
    fourth: { ...passed, run: { interruptedBy: 'SIGINT' } },
  })
  const { runs, leftOut } = await runsOfSide(directory)
  expect(runs.map(({ report }) => report.run.id)).toEqual(['one', 'other'])
  expect(leftOut).toEqual([
    `${join(directory, 'fourth')}: run fourth was interrupted by SIGINT.`,
    `${join(directory, 'third')}: the run has not ended, or was killed.`,
  ])
})

test('a run that lies there twice counts once', async () => {
  const directory = directoryWith({ one: passed, other: passed, third: { ...passed, id: 'one' } })
  const { runs, leftOut } = await runsOfSide(directory)
  expect(runs.map(({ report }) => report.run.id)).toEqual(['one', 'other'])
  expect(leftOut).toEqual([`${join(directory, 'third')}: the same run as ${join(directory, 'one')}.`])
})

test.each<[string, ExampleReport['cluster'], RegExp]>([
  ['versions', { versions: { kubernetes: 'v1.37.2' } }, /: kubernetes is v1\.36\.3 in one and v1\.37\.2 in other\.$/],
  ['drivers', { driver: 'b.csi' }, /: CSI driver is csi-hostpath\.holdfast\.dev in one and b\.csi in other\.$/],
  ['configurations', { configured: { volumeBindingMode: 'Immediate' } }, /: configuration is \{\} in one and \{.+\} in other\.$/],
])('runs of several platforms are no side: %s', async (_, cluster = {}, sentence) => {
  const failed = runsOfSide(directoryWith({ one: passed, other: { ...passed, cluster } }))
  await expect(failed).rejects.toThrow(/ are not of one platform: /)
  await expect(failed).rejects.toThrow(sentence)
})

test.each([
  ['has not ended', 'not ended' as const, /report\.json does not exist: the run has not ended, or was killed\.$/],
  ['was interrupted', { ...passed, run: { interruptedBy: 'SIGTERM' } }, /^Run one was interrupted by SIGTERM\.$/],
])('a run that %s cannot be compared', async (_, run, sentence) => {
  const directory = directoryWith({ one: run })
  const failed = runsOfSide(join(directory, 'one'))
  await expect(failed).rejects.toThrow(sentence)
  await expect(failed).rejects.toBeInstanceOf(NotComparable)
})

test('what is no report is another fault', async () => {
  const directory = directoryWith({ one: passed })
  writeFileSync(join(directory, 'one', 'report.json'), '{"apiVersion":"v1"}')
  const failed = runsOfSide(join(directory, 'one'))
  await expect(failed).rejects.toThrow('report.json is not what a run writes')
  await expect(failed).rejects.not.toBeInstanceOf(NotComparable)
})
