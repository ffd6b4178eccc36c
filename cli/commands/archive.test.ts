import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { packedRun } from '../../reports/archive/pack-run.ts'
import { unpackArchive } from '../../reports/archive/unpack-archive.ts'
import { filesBelow } from '../../reports/model/run-files.ts'
import { exampleGuarantees, exampleRun } from '../../reports/testing/example-run.ts'
import { writeReports } from '../../reports/write-reports.ts'
import { said } from '../testing/said.ts'

let directory: string
let run: string
let file: string
let site: string
let key: string
let temporary: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  run = join(directory, 'run')
  file = join(directory, 'run.tar.zst')
  site = join(directory, 'site')
  key = join(directory, 'key.pem')
  const example = await exampleRun({ examples: exampleGuarantees.slice(0, 1) })
  await cp(example, run, { recursive: true })
  await rm(example, { recursive: true })
  await writeReports(run)
  temporary = join(directory, 'tmp')
  await mkdir(temporary)
  vi.stubEnv('TMPDIR', temporary)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  // Whatever a test did, what was unpacked is removed: a directory that is not empty is an error here.
  await rmdir(temporary)
  await rm(directory, { recursive: true })
})

/** Changes what is in the archive, and packs it again as it then is. */
async function repack(change: (unpacked: string) => Promise<void>): Promise<void> {
  const unpacked = join(directory, 'unpacked')
  await unpackArchive(file, unpacked)
  await change(unpacked)
  writeFileSync(file, (await packedRun(unpacked)).content)
}

async function attested(): Promise<void> {
  await said('attest', '--generate-key', key)
  await said('attest', run, '--key', key)
  await said('archive', run, file)
}

test('a run is packed into a new file, and nothing is replaced', async () => {
  expect(await said('archive', run, file)).toEqual([
    undefined,
    expect.stringMatching(/^Packed 17 files with 0\.\d\d MB into .*run\.tar\.zst: /),
  ])
  const before = readFileSync(file)
  expect(await said('archive', run, file)).toEqual([3, expect.stringContaining(`${file} is there already.`)])
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(await said('archive', run, join(directory, 'none', 'file'))).toEqual([3, expect.stringContaining('There is no directory')])
  expect(await said('archive', file)).toEqual([3, expect.stringContaining('There is no run')])
})

test('an archive is verified, rechecked and compared as its run is', async () => {
  await said('archive', run, file)
  for (const command of ['verify', 'recheck']) expect(await said(command, file)).toEqual(await said(command, run))
  const [code, text] = await said('compare', run, file, '--format', 'json')
  expect([code, text]).toEqual(await said('compare', run, run, '--format', 'json'))
})

test('a published copy is rechecked with the archive of the whole run', async () => {
  await said('archive', run, file)
  await said('publish', site, file)
  const [copy = ''] = readdirSync(join(site, 'runs'))
  const [code, text] = await said('recheck', join(site, 'runs', copy), '--with', file)
  expect([code, text]).toEqual([
    0,
    expect.stringContaining(`${file} is the whole run: all 14 digests match. Judge it with "recheck ${file}".`),
  ])
})

test('an attested run is published from its archive as from its directory', async () => {
  await attested()
  const other = join(directory, 'other')
  expect((await said('publish', site, run))[0]).toBeUndefined()
  expect((await said('publish', other, file))[0]).toBeUndefined()
  const files = await filesBelow(site)
  expect(await filesBelow(other)).toEqual(files)
  for (const path of files) expect(readFileSync(join(other, path)).equals(readFileSync(join(site, path)))).toBe(true)
})

test('the signature of an attested run is verified from its archive', async () => {
  await attested()
  const [code, text] = await said('verify', file, '--key', `${key}.pub`)
  expect(text).toContain('The attestation is signed by key')
  expect(text).toMatch(/All \d+ files are as they were when the run was attested, none is missing, and none was added\./)
  expect([code, text]).toEqual(await said('verify', run, '--key', `${key}.pub`))
})

test('an attested run that was changed and packed again is not to be trusted', async () => {
  await attested()
  const history = 'evidence/statefulset/ordered-startup/history.jsonl'
  await repack(async (unpacked) => appendFile(join(unpacked, history), '{}\n'))
  const [code, text] = await said('verify', file, '--key', `${key}.pub`)
  expect([code, text]).toEqual([1, expect.stringContaining(`wrong     ${history} was changed after the run was attested.`)])
  expect((await said('recheck', file))[0]).toBe(1)
  const [refused, why] = await said('publish', site, file)
  expect([refused, why]).toEqual([3, expect.stringMatching(new RegExp(`^The run is not as stored: .*"holdfast verify ${file}" shows all`))])
  expect(existsSync(site)).toBe(false)
})

test('a run that is put into the archive of another one has no signature of it', async () => {
  await attested()
  await repack(async (unpacked) => {
    const report = join(unpacked, 'report.json')
    writeFileSync(report, readFileSync(report, 'utf8').replace('"Passed"', '"Failed"'))
  })
  const [code, text] = await said('verify', file, '--key', `${key}.pub`)
  expect([code, text]).toEqual([1, expect.stringContaining('report.json was changed after the run was attested.')])
})

test.each(['verify', 'recheck', 'publish', 'compare'])('%s refuses a damaged archive in one sentence', async (command) => {
  await said('archive', run, file)
  writeFileSync(file, readFileSync(file).subarray(0, 2000))
  const words = { verify: [file], recheck: [file], publish: [site, file], compare: [run, file] }[command] ?? []
  const [code, text] = await said(command, ...words)
  expect([code, text]).toEqual([3, expect.stringMatching(/^.*run\.tar\.zst is no archive of a run that can be read: [^\n]*\n$/)])
  expect(existsSync(site)).toBe(false)
})

test('what is unpacked is removed when a signal ends the process', async () => {
  await said('archive', run, file)
  const opener = join(import.meta.dirname, '..', 'run', 'opened-runs.ts')
  const script = `import { withOpenedRuns } from '${opener}'
process.stdin.resume()
await withOpenedRuns(async (open) => { console.log((await open.run('${file}')).directory); await new Promise(() => {}) })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as Buffer[]
  const unpacked = String(line).trim()
  expect(readdirSync(temporary)).toEqual([basename(join(unpacked, '..'))])
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
})
