import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { exampleReport } from '../../reports/testing/example-report.ts'
import { said } from '../testing/said.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  writeFileSync(join(directory, 'run.json'), '{}')
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

function withReport(): void {
  const report = exampleReport({ guarantees: { 'a/b': 'Passed', 'a/c': { verdict: 'Failed', reason: 'Broken.' } } })
  writeFileSync(join(directory, 'report.json'), JSON.stringify(report))
}

test('a run is summed up as it was at its end, whatever it came to', async () => {
  withReport()
  const [code, text] = await said('summary', directory)
  expect(code).toBeUndefined()
  expect(text).toContain('failure  2 of 2 checks ran: 1 Passed, 1 Failed')
  expect(text).toContain(`  evidence  ${directory}\n`)
})

test('as Markdown it has the comparison with a baseline, where the run made one', async () => {
  withReport()
  expect(await said('summary', directory, '--format', 'markdown')).toEqual([
    undefined,
    expect.stringMatching(/^### Holdfast: failure, [\s\S]*\| Failed \| `a\/c` \|/),
  ])
  writeFileSync(join(directory, 'comparison.md'), '### Holdfast: Nothing is worse.\n')
  expect(await said('summary', directory, '--format', 'markdown')).toEqual([
    undefined,
    expect.stringMatching(/\n\n### Holdfast: Nothing is worse\.\n$/),
  ])
})

test('as annotations it is what GitHub reads, and nothing else', async () => {
  withReport()
  expect(await said('summary', directory, '--format', 'github')).toEqual([
    undefined,
    '::error title=a/c Failed::What a/c states.%0ABroken.\n',
  ])
})

test('a run without a report is told in one sentence', async () => {
  mkdirSync(join(directory, 'evidence'))
  expect(await said('summary', directory)).toEqual([3, expect.stringMatching(/^[^\n]+\n(?:[^\n]+\n)?$/)])
})
