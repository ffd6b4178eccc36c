import { existsSync } from 'node:fs'
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { exampleGuarantees, exampleRun } from '../../reports/testing/example-run.ts'
import { writeReports } from '../../reports/write-reports.ts'
import { runCommandLine } from '../command-line.ts'

let directory: string
let run: string
let to: string
let printed: string[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  run = join(directory, 'run')
  to = join(directory, 'published')
  printed = []
  // The example in which Kubernetes did what is stored: the others are drawn by hand.
  await placeRun(run, exampleGuarantees.slice(0, 1))
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  }
})

afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await rm(directory, { recursive: true })
})

async function placeRun(path: string, examples: typeof exampleGuarantees): Promise<void> {
  const example = await exampleRun({ examples })
  await cp(example, path, { recursive: true })
  await rm(example, { recursive: true })
  await writeReports(path)
}

async function said(...words: readonly string[]): Promise<readonly [unknown, string]> {
  printed = []
  process.exitCode = undefined
  await runCommandLine(words)
  return [process.exitCode, printed.join('')]
}

test('a run is published once, can be rechecked, and is compared with the whole', async () => {
  const [code, text] = await said('publish', run, '--to', to)
  expect(code).toBeUndefined()
  expect(text).toContain('Guarantees with all their evidence: 0; by digest: 1.')
  expect(await said('recheck', to, '--with', run)).toEqual([0, expect.stringContaining('is the whole run: all 14 digests match')])
  expect(await said('publish', run, '--to', to)).toEqual([3, expect.stringContaining('is there already.')])
  expect(await said('publish', to)).toEqual([3, expect.stringContaining('is a published copy already.')])
  expect(await said('recheck', run, '--with', run)).toEqual([3, expect.stringContaining('is not a published copy')])
  await appendFile(join(run, 'evidence/statefulset/ordered-startup/history.jsonl'), '{}\n')
  expect(await said('recheck', to, '--with', run)).toEqual([1, expect.stringContaining('history.jsonl was changed.')])
})

test('a run whose digests do not match is refused in one line', async () => {
  await appendFile(join(run, 'evidence/statefulset/ordered-startup/history.jsonl'), '{}\n')
  const [code, text] = await said('publish', run, '--to', to)
  expect(code).toBe(3)
  expect(text).toMatch(/^The run is not as stored: [^\n]*history\.jsonl was changed[^\n]*\n$/)
  expect(existsSync(to)).toBe(false)
})

test('a copy that is too large is refused with what is largest and the flag that allows it', async () => {
  const [code, text] = await said('publish', run, '--to', to, '--max-megabytes', '0.01')
  expect(code).toBe(3)
  expect(text).toMatch(/more than 0\.01 MB; the largest in it are index\.html \(0\.\d\d MB\), .* Give --max-megabytes 1 to allow it\.\n$/)
  expect(existsSync(to)).toBe(false)
})
