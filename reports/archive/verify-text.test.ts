import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { attest } from '../attest/attestation.ts'
import { newKeyPair, privateKeyFrom } from '../attest/signing-key.ts'
import { publishedName, publishedRuns, reportOf } from '../testing/attested-run.ts'
import { exampleRun } from '../testing/example-run.ts'
import { writeReports } from '../write-reports.ts'
import { packedRun } from './pack-run.ts'
import { pathOf, skipWithout } from '../testing/needed-program.ts'

/** Debian has the other commands of a `VERIFY.md` wherever it is. */
const needed = ['zstd', 'jq'] as const

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

/** Packs a run where a reader has it, and returns the blocks of its `VERIFY.md`. */
async function blocksOf(run: string): Promise<readonly string[]> {
  const { name, content } = await packedRun(run)
  writeFileSync(join(directory, name), content)
  const text = execFileSync('tar', ['--zstd', '-xOf', join(directory, name), `${name.replace('.tar.zst', '')}/VERIFY.md`], {
    encoding: 'utf8',
  })
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)
}

/** Runs the blocks one after the other in a shell of their own, with what somebody does after the first. */
function ran(blocks: readonly string[], then: () => void = () => undefined) {
  const [unpack = '', ...rest] = blocks
  execFileSync('sh', ['-euc', unpack], { cwd: directory })
  then()
  const inside = /^cd (.*)$/m.exec(unpack)?.[1] ?? ''
  return rest.map((block) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-euc', block], { cwd: join(directory, inside), encoding: 'utf8' })
    return { status, stdout, stderr }
  })
}

async function example(): Promise<string> {
  const run = await exampleRun()
  await writeReports(run)
  cpSync(run, join(directory, 'source'), { recursive: true })
  rmSync(run, { recursive: true })
  return join(directory, 'source')
}

test('the commands of a whole run that is attested all exit with 0 and compare all there is', async (context) => {
  for (const program of needed) if (pathOf(program) === undefined) skipWithout(program, context)
  const run = await example()
  await attest(run, { report: await reportOf(run), key: privateKeyFrom(newKeyPair().privateKey) })
  const results = ran(await blocksOf(run))
  expect(results.map(({ status, stderr }) => [status, stderr])).toEqual(results.map(() => [0, '']))
  const printed = results.map(({ stdout }) => stdout)
  expect(printed).toEqual(expect.arrayContaining(['3 verdicts compared.\n', 'true\n']))
})

test('the commands of a published copy exit with 0', async (context) => {
  for (const program of needed) if (pathOf(program) === undefined) skipWithout(program, context)
  const results = ran(await blocksOf(join(publishedRuns, publishedName)))
  expect(results.map(({ status, stderr }) => [status, stderr])).toEqual(results.map(() => [0, '']))
})

test('the commands name what was changed', async (context) => {
  for (const program of needed) if (pathOf(program) === undefined) skipWithout(program, context)
  const run = await example()
  await attest(run, { report: await reportOf(run), key: privateKeyFrom(newKeyPair().privateKey) })
  const blocks = await blocksOf(run)
  const evidence = 'run/evidence/statefulset/ordered-startup'
  const results = ran(blocks, () => {
    const top = join(directory, 'holdfast-20261121-100000-ab12')
    appendFileSync(join(top, evidence, 'history.jsonl'), '{}\n')
    const verdict = join(top, evidence, 'verdict.json')
    writeFileSync(verdict, readFileSync(verdict, 'utf8').replace('"Passed"', '"Failed"'))
  })
  const wrong = results.filter(({ status }) => status !== 0).map(({ stdout }) => stdout)
  expect(wrong).toEqual([
    expect.stringContaining(`${evidence}/history.jsonl: FAILED`),
    expect.stringContaining('history.jsonl: FAILED'),
    expect.stringContaining(`${evidence}/history.jsonl: FAILED`),
    expect.stringContaining('statefulset/ordered-startup is Passed in the report only.'),
    expect.stringContaining('evidence/statefulset/ordered-startup/history.jsonl: FAILED'),
  ])
})
