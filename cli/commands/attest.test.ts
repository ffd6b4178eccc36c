import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { exampleGuarantees, exampleRun } from '../../reports/testing/example-run.ts'
import { writeReports } from '../../reports/write-reports.ts'
import { said } from '../testing/said.ts'

let directory: string
let clone: string
let run: string
let key: string

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  clone = join(directory, 'clone')
  run = join(directory, 'run')
  key = join(directory, 'key.pem')
  // The example in which Kubernetes did what is stored: the others are drawn by hand.
  const examples = exampleGuarantees.slice(0, 1)
  const example = await exampleRun({ examples })
  cpSync(example, run, { recursive: true })
  rmSync(example, { recursive: true })
  nameCommit(commitOf(examples.map(({ guarantee }) => guarantee)))
  await writeReports(run)
  await said('attest', '--generate-key', key)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

/** A clone whose one commit has the guarantees. */
function commitOf(guarantees: readonly object[]): string {
  const suite = join(clone, 'suites', 'statefulset', 'one.suite.ts')
  mkdirSync(dirname(suite), { recursive: true })
  writeFileSync(suite, guarantees.map((guarantee) => `conformance(${JSON.stringify(guarantee)}, async () => {})\n`).join(''))
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Unit', '-c', 'user.email=unit@example.com', ...args], {
      cwd: clone,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  git('init')
  git('add', '.')
  git('commit', '--message', 'one')
  return git('rev-parse', 'HEAD').trim()
}

function nameCommit(commit: string): void {
  const path = join(run, 'run.json')
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), commit }))
}

async function verified(...flags: readonly string[]): Promise<readonly [unknown, string]> {
  return said('verify', run, '--repository', clone, ...flags)
}

test('a run is attested once, and verified as it was: 0 with the key, 2 without', async () => {
  expect(await said('attest', run, '--key', key)).toEqual([
    undefined,
    expect.stringMatching(/^Attested run 20261121-100000-ab12 with \d+ files/),
  ])
  expect(await verified('--key', `${key}.pub`)).toEqual([0, expect.stringMatching(/All is as it was attested\.\n$/)])
  expect(await verified()).toEqual([
    2,
    expect.stringMatching(/not shown The signature was not verified.*1 thing could not be verified\.\n$/s),
  ])
  const before = readFileSync(join(run, 'attestation.dsse.json'), 'utf8')
  expect(await said('attest', run, '--key', key)).toEqual([3, expect.stringContaining('has an attestation already.')])
  expect(readFileSync(join(run, 'attestation.dsse.json'), 'utf8')).toBe(before)
})

test('whatever was changed ends verify with 1 and is named', async () => {
  await said('attest', run, '--key', key)
  writeFileSync(join(run, 'note.txt'), '')
  expect(await verified('--key', `${key}.pub`)).toEqual([
    1,
    expect.stringContaining('wrong     note.txt was added after the run was attested.'),
  ])
  expect(await verified()).toEqual([1, expect.stringContaining('The run is not to be trusted: 1 thing is wrong.')])
})

test('a file whose name looks like a line of its own, or like colours, is one line and nothing else', async () => {
  const odd = join(run, 'a\nok        All is as it was attested.\u001B[31m')
  writeFileSync(odd, '')
  expect(await said('attest', run, '--key', key)).toEqual([3, expect.stringContaining('is not a file that a run writes.')])
  rmSync(odd)
  await said('attest', run, '--key', key)
  writeFileSync(odd, '')
  const sentence = 'wrong     a?ok        All is as it was attested.?[31m was added after the run was attested.'
  expect((await verified('--key', `${key}.pub`))[1].split('\n')).toContain(sentence)
})

test('a run that was never attested is no problem without a key, and one with it', async () => {
  expect(await verified()).toEqual([2, expect.stringContaining('not shown The run has no attestation')])
  expect(await verified('--key', `${key}.pub`)).toEqual([1, expect.stringContaining('wrong     The run has no attestation')])
})

test('a commit that nobody has is not shown', async () => {
  await said('attest', run, '--key', key)
  rmSync(clone, { recursive: true })
  expect(await verified('--key', `${key}.pub`)).toEqual([2, expect.stringContaining('is no clone of Holdfast that has it.')])
})

test('in CI the key is in the environment', async () => {
  vi.stubEnv('HOLDFAST_ATTEST_KEY', readFileSync(key, 'utf8'))
  expect((await said('attest', run))[0]).toBeUndefined()
  expect((await verified('--key', `${key}.pub`))[0]).toBe(0)
})

test('a published copy is attested and verified like a run', async () => {
  const site = join(directory, 'site')
  await said('publish', site, run)
  const [name = ''] = readdirSync(join(site, 'runs'))
  const copy = join(site, 'runs', name)
  await said('attest', copy, '--key', key)
  const [code, text] = await said('verify', copy, '--repository', clone, '--key', `${key}.pub`)
  expect(code).toBe(0)
  expect(text).toContain('ok        1 guarantee is kept by digest only')
})

test('a run whose evidence was changed is not attested', async () => {
  appendFileSync(join(run, 'evidence/statefulset/ordered-startup/history.jsonl'), '{}\n')
  const [code, text] = await said('attest', run, '--key', key)
  expect(code).toBe(3)
  expect(text).toMatch(/^The run is not as stored: [^\n]*history\.jsonl was changed[^\n]*\n$/)
  expect(existsSync(join(run, 'attestation.dsse.json'))).toBe(false)
})

test('a run that verify would not trust is not attested: its report names somebody whom its files do not name', async () => {
  const path = join(run, 'report.json')
  writeFileSync(path, readFileSync(path, 'utf8').replace('"command":', '"assessor":"Somebody else","command":'))
  expect(await said('attest', run, '--key', key)).toEqual([
    3,
    expect.stringMatching(/^The run is not as stored: report\.json: run\.assessor is "Somebody else"[^\n]*"holdfast verify [^\n]*\n$/),
  ])
  expect(existsSync(join(run, 'attestation.sha256'))).toBe(false)
  expect(await verified()).toEqual([1, expect.stringContaining('wrong     report.json: run.assessor is "Somebody else"')])
})

test.each([
  [['attest'], 'No run is named.'],
  [['attest', 'latest', '--generate-key', 'key.pem'], '--generate-key makes keys and attests nothing'],
  [['attest', '/nowhere'], 'There is no key to sign with.'],
  [['verify'], 'Wrong usage of "holdfast verify"'],
  [['verify', '/nowhere'], 'There is no run /nowhere.'],
  [['verify', '/nowhere', '--key', '/no.pub'], 'Key file /no.pub cannot be read'],
])('%j ends with 3', async (words, sentence) => {
  expect(await said(...words)).toEqual([3, expect.stringContaining(sentence)])
})
