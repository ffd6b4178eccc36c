import { generateKeyPairSync } from 'node:crypto'
import { appendFile, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { attest } from '../attest/attestation.ts'
import { digestList } from '../attest/digest-list.ts'
import { filesBelow, readJson } from '../model/run-files.ts'
import { storedReportSchema } from '../model/stored-report.ts'
import { exampleRun } from '../testing/example-run.ts'
import { writeReports } from '../write-reports.ts'
import { publishedCopy, writePublishedCopies } from './published-copy.ts'

let whole = ''
let copy = ''

beforeEach(async () => {
  whole = await exampleRun()
  copy = join(whole, 'copy')
  await writeReports(whole)
  await writePublishedCopies([{ copy: await publishedCopy(whole), directory: copy }])
})

afterEach(async () => {
  await rm(whole, { recursive: true })
})

test.each([
  ['a file at its top', 'kubeconfig'],
  ['a file of a clone', '.git/config'],
  ['a rendering', 'allure-results/one.json'],
])('%s that nobody published is not passed on', async (_, path) => {
  await mkdir(join(copy, path, '..'), { recursive: true })
  await writeFile(join(copy, path), 'mine')
  await expect(publishedCopy(copy)).rejects.toThrow(`${join(copy, path)} was not published with the run.`)
})

test('a link in a copy is not passed on, its README is', async () => {
  await writeFile(join(copy, 'README.md'), '# Report')
  expect((await publishedCopy(copy)).files.map(({ path }) => path)).toContain('README.md')
  await rename(join(copy, 'report.json'), join(whole, 'elsewhere'))
  await symlink(join(whole, 'elsewhere'), join(copy, 'report.json'))
  await expect(publishedCopy(copy)).rejects.toThrow(`${join(copy, 'report.json')} was not published with the run.`)
})

test('an attested copy is passed on whole, as long as it is as it was attested', async () => {
  await writeFile(join(copy, 'note.txt'), 'Seen.')
  const stored = storedReportSchema.parse(await readJson(join(copy, 'report.json')))
  await attest(copy, { report: stored, key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey })
  expect((await publishedCopy(copy)).files.map(({ path }) => path)).toEqual(await filesBelow(copy))
  await writeFile(join(copy, 'kubeconfig'), 'mine')
  await expect(publishedCopy(copy)).rejects.toThrow(`${copy} is not as it was attested: kubeconfig was added after the run was attested.`)
  await rm(join(copy, 'kubeconfig'))
  await appendFile(join(copy, 'index.html'), '\n')
  await expect(publishedCopy(copy)).rejects.toThrow('index.html was changed after the run was attested.')
})

test('a list of digests that no attestation names lets nothing through', async () => {
  await writeFile(join(copy, 'kubeconfig'), 'mine')
  await writeFile(join(copy, 'attestation.sha256'), await digestList(copy))
  await expect(publishedCopy(copy)).rejects.toThrow('attestation.dsse.json is missing: the attestation is not whole.')
})
