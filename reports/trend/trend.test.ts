import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { packedRun } from '../archive/pack-run.ts'
import { publishedCopy, writePublishedCopies } from '../publish/published-copy.ts'
import { exampleCluster, exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { exampleSiteRun } from '../testing/example-site-run.ts'
import { verifyReport } from '../verify/verify.ts'
import { writeReports } from '../write-reports.ts'
import { earlierRunsFile, writeEarlierRuns } from './earlier-runs.ts'
import { readHistory } from './read-history.ts'

let directory: string
let history: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  history = join(directory, 'history')
  await mkdir(history)
})

afterEach(async () => {
  await rm(directory, { recursive: true })
})

interface Placed {
  readonly startedAt?: string
  readonly examples?: typeof exampleGuarantees
  readonly kubernetes?: string
  readonly fields?: object
}

/** Writes a run of that id with its reports. */
async function place(path: string, id: string, { startedAt, examples, kubernetes = 'v1.36.3', fields }: Placed = {}): Promise<string> {
  const example = await exampleRun({
    ...{ id, examples: examples ?? exampleGuarantees },
    cluster: { versions: { ...exampleCluster.versions, kubernetes } },
  })
  await cp(example, path, { recursive: true })
  await rm(example, { recursive: true })
  const run = JSON.parse(await readFile(join(path, 'run.json'), 'utf8')) as object
  await writeFile(join(path, 'run.json'), JSON.stringify({ ...run, ...(startedAt && { startedAt }), ...fields }))
  await writeReports(path)
  return path
}

const before = '2026-11-20T10:00:00.000Z'
const platform = { name: 'csi-hostpath.holdfast.dev-1.36', driver: 'csi-hostpath.holdfast.dev', minor: '1.36' }

test('runs, published copies and archives of a directory are read, each run once', async () => {
  const first = await place(join(history, 'first'), 'one')
  await writeFile(join(history, 'again.tar.zst'), (await packedRun(first)).content)
  const second = await place(join(directory, 'second'), 'two')
  await writeFile(join(history, 'second.tar.zst'), (await packedRun(second)).content)
  const third = await place(join(directory, 'third'), 'three')
  await writePublishedCopies([{ copy: await publishedCopy(third), directory: join(history, 'third') }])
  await mkdir(join(history, 'killed'))
  await writeFile(join(history, 'killed', 'run.json'), '{}')
  await place(join(history, 'stopped'), 'four', { fields: { interruptedBy: 'SIGINT' } })
  await writeFile(join(history, 'notes.txt'), '')
  const { runs, leftOut } = await readHistory(history)
  expect(runs.map(({ id }) => id).toSorted()).toEqual(['one', 'three', 'two'])
  expect(leftOut).toEqual(['killed has not ended, or was killed.', 'stopped was interrupted by SIGINT.'])
})

test('a directory that is empty is a history without runs, and a site one with its runs', async () => {
  expect(await readHistory(history)).toEqual({ runs: [], leftOut: [] })
  await writeFile(join(history, 'site.json'), '{}')
  await place(join(history, 'runs', 'one'), 'one')
  expect((await readHistory(history)).runs).toHaveLength(1)
})

test('what is no history is refused in a sentence', async () => {
  await expect(readHistory(join(directory, 'none'))).rejects.toThrow(`There is no directory ${join(directory, 'none')}.`)
  await writeFile(join(history, 'notes.txt'), '')
  await expect(readHistory(history)).rejects.toThrow(`${history} holds no run.`)
  const run = await place(join(history, 'one'), 'one')
  await expect(readHistory(run)).rejects.toThrow('is a run, not a directory of runs.')
  await writeFile(join(run, 'report.json'), '{')
  await expect(readHistory(history)).rejects.toThrow(`${join(run, 'report.json')} is not JSON.`)
  await rm(run, { recursive: true })
  await writeFile(join(history, 'one.tar.zst'), 'x')
  await expect(readHistory(history)).rejects.toThrow('one.tar.zst is no archive of a run that can be read')
})

test('earlier runs of the platform are told of, and others are said to be left out', async () => {
  await place(join(history, 'one'), 'one', { startedAt: before, examples: exampleGuarantees.slice(0, 2) })
  await place(join(history, 'two'), 'two', { startedAt: before, kubernetes: 'v1.37.2' })
  await place(join(history, 'late'), 'late', { startedAt: '2027-01-01T00:00:00.000Z' })
  const run = await place(join(directory, 'run'), 'now')
  expect(await writeEarlierRuns(run, await readHistory(history))).toEqual({
    runs: 1,
    leftOut: ['1 run is of another platform: Kubernetes 1.37, csi-hostpath.holdfast.dev.', '1 run is later than this one.'],
  })
  const { htmlPath, findings } = await writeReports(run)
  const html = await readFile(htmlPath, 'utf8')
  expect(findings).toEqual([])
  expect(html).toContain('<a href="#trend">Earlier runs</a>')
  expect(html).toContain('1 run is of another platform: Kubernetes 1.37, csi-hostpath.holdfast.dev.')
  expect(html).toContain('Guarantees in both runs: 2, all with the same verdict. Only in this run: 1 guarantee.')
  expect(html).toContain('another verdict in 0 of 1 repetition (0 %)')
  expect(html).toContain('never run twice on one platform')
  expect(html).not.toContain('<script')
})

test('without earlier runs the page is as it is without a history, and with none on the platform it says so', async () => {
  const run = await place(join(directory, 'run'), 'now')
  const without = await readFile(join(run, 'index.html'), 'utf8')
  expect(without).not.toMatch(/trend|Earlier runs/)
  await place(join(history, 'two'), 'two', { startedAt: before, kubernetes: 'v1.37.2' })
  await writeEarlierRuns(run, await readHistory(history))
  const html = await readFile((await writeReports(run)).htmlPath, 'utf8')
  expect(html).toContain('No earlier run on Kubernetes 1.36, csi-hostpath.holdfast.dev is known: this is the first.')
})

test('a verdict that changed and a duration beyond the noise are told, by the rule of compare', async () => {
  const id = 'statefulset/ordered-startup'
  const failed = exampleSiteRun({ [id]: 'Failed', 'expansion/online': 'Inconclusive' }, { platform, id: 'one', startedAt: before })
  const run = await place(join(directory, 'run'), 'now')
  await writeEarlierRuns(run, { runs: [failed], leftOut: [] })
  const html = await readFile((await writeReports(run)).htmlPath, 'utf8')
  expect(html).toContain('Guarantees in both runs: 2, 1 with another verdict.')
  expect(html).toContain(`<span class="tone Failed">Failed</span> Why ${id} is Failed. 4.5 s`)
  const passed = exampleSiteRun({ [id]: 'Passed' }, { platform, id: 'one', startedAt: before })
  const slow = { ...passed, guarantees: passed.guarantees.map((guarantee) => ({ ...guarantee, seconds: 120 })) }
  await writeEarlierRuns(run, { runs: [slow], leftOut: [] })
  const again = await readFile((await writeReports(run)).htmlPath, 'utf8')
  expect(again).toContain('<td>took 120 s</td>')
  expect(again).toContain('With fewer than 3 runs on a side, a change is told where durations differ')
})

test('each guarantee has its last twenty verdicts, whatever the runs between them selected', async () => {
  const days = Array.from({ length: 30 }, (_, day) => `2026-10-${String(day + 1).padStart(2, '0')}T00:00:00.000Z`)
  const often = days.map((startedAt) =>
    exampleSiteRun({ 'expansion/online': 'Passed' }, { platform, id: startedAt, startedAt, profile: 'quick' }),
  )
  const rare = exampleSiteRun({ 'statefulset/ordered-startup': 'Failed' }, { platform, id: 'rare', startedAt: '2026-09-01T00:00:00.000Z' })
  const run = await place(join(directory, 'run'), 'now')
  await writeEarlierRuns(run, { runs: [...often, rare], leftOut: [] })
  const html = await readFile((await writeReports(run)).htmlPath, 'utf8')
  const row = (id: string) => new RegExp(`<tr><td><a href="#${id}"><b>${id}</b></a><br>[^]*?</tr>`).exec(html)?.[0] ?? ''
  expect(row('expansion/online').match(/<b class="tone/g)).toHaveLength(20)
  expect(row('expansion/online')).toContain('2026-10-12 00:00, profile quick: Passed')
  expect(row('expansion/online')).not.toContain('2026-10-11')
  expect(row('statefulset/ordered-startup').match(/<b class="tone (?:Failed|Passed)/g)).toHaveLength(2)
})

test('a published copy tells of earlier runs too, and is as it was published', async () => {
  await place(join(history, 'one'), 'one', { startedAt: before })
  const run = await place(join(directory, 'run'), 'now')
  await writeEarlierRuns(run, await readHistory(history))
  await writeReports(run)
  const copy = join(directory, 'copy')
  await writePublishedCopies([{ copy: await publishedCopy(run), directory: copy }])
  expect(await readFile(join(copy, 'index.html'), 'utf8')).toContain('id="trend"')
  expect(await readFile(join(copy, earlierRunsFile), 'utf8')).toBe(await readFile(join(run, earlierRunsFile), 'utf8'))
  expect(await verifyReport(copy)).toEqual([])
})

test('a file of earlier runs that says nothing of them costs the page alone, and is a finding', async () => {
  const run = await place(join(directory, 'run'), 'now')
  await writeFile(join(run, earlierRunsFile), '{}')
  expect((await writeReports(run)).findings).toEqual([expect.stringContaining('earlier-runs.json')])
})
