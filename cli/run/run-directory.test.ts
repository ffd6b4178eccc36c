import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { runRecordSchema } from '../../reports/model/run-record.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { keeperSuites } from '../own-suites/testing/changed-suites.ts'
import { planRun } from '../plan/run-plan.ts'
import { projectRoot } from '../shell/project-root.ts'
import { createRunDirectory, discardRunDirectory, pathOfRun, runId } from './run-directory.ts'

test('a run takes along how its guarantees were last seen to fail', () => {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  symlinkSync(join(projectRoot, 'package.json'), join(root, 'package.json'))
  mkdirSync(join(root, 'suites'))
  symlinkSync(join(projectRoot, 'suites', 'ledger'), join(root, 'suites', 'ledger'))
  const of = { mutant: 'restore-empty', judgement: 'toUphold trees-equal', day: '2026-11-29', kubernetes: 'v1.37.2' }
  const records = ['pvcs/bound', 'pvcs/pending'].map((guarantee) => ({ guarantee, ...of, outcome: 'killed', run: '1' }))
  writeFileSync(join(root, 'suites', 'kills.json'), JSON.stringify({ schemaVersion: 1, records }))
  const guarantees = selectGuarantees(readCatalogue(projectRoot), [])
    .map((one) => ({ ...one, id: 'pvcs/bound' as const }))
    .slice(0, 1)
  const run = createRunDirectory({ root, below: root, guarantees, now: new Date('2026-11-28T10:10:00Z') })
  expect(JSON.parse(readFileSync(join(run.path, 'seen-to-fail.json'), 'utf8'))).toEqual({ 'pvcs/bound': of })
  discardRunDirectory(run.path)
  // It holds `logs`, which is empty, and nothing that a run left.
  expect(existsSync(run.path)).toBe(false)
})

test('a run that has an id already begins beside the results that lie there, and these stay when it gets no cluster', () => {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const name of ['package.json', 'suites']) symlinkSync(join(projectRoot, name), join(root, name))
  const id = runId(new Date('2026-11-28T10:00:00Z'))
  const results = join(pathOfRun(root, id), 'tests', 'unit.json')
  mkdirSync(join(results, '..'), { recursive: true })
  writeFileSync(results, '{}')
  const knownFailures = { text: 'knownFailures: []\n' }
  vi.stubEnv('HOLDFAST_CI', 'Jenkins')
  onTestFinished(() => void vi.unstubAllEnvs())
  mkdirSync(join(root, 'harness'))
  writeFileSync(join(root, 'harness', 'one.ts'), '')
  const asked = { guarantees: [], assessor: 'Ada Lovelace', knownFailures, now: new Date('2026-11-28T10:10:00Z') }
  const run = createRunDirectory({ root, below: root, id, ...asked })
  expect(readFileSync(join(run.path, 'known-failures.yaml'), 'utf8')).toBe(knownFailures.text)
  expect(run).toEqual({ id, path: pathOfRun(root, id) })
  const { commit, ...record } = runRecordSchema.parse(JSON.parse(readFileSync(join(run.path, 'run.json'), 'utf8')))
  expect(record).toMatchObject({ id, startedAt: '2026-11-28T10:10:00.000Z', assessor: 'Ada Lovelace', ci: { name: 'Jenkins' } })
  expect(commit).toBe('unknown')
  expect(readFileSync(join(run.path, 'sources.sha256'), 'utf8')).toMatch(/^[0-9a-f]{64} {2}harness\/one\.ts\n[0-9a-f]{64} {2}suites\//)
  discardRunDirectory(run.path)
  expect(existsSync(results)).toBe(true)
})

test('a run of suites of one’s own holds them, their ledger and their digests, and goes with them when it gets no cluster', () => {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const name of ['package.json', 'suites']) symlinkSync(join(projectRoot, name), join(root, name))
  const { guarantees, skipped, own } = planRun([], { suites: [keeperSuites] })
  const run = createRunDirectory({ root, below: root, guarantees, skipped, own, now: new Date('2026-11-30T10:00:00Z') })
  const text = (file: string) => readFileSync(join(run.path, file), 'utf8')
  const { ownSuites } = runRecordSchema.parse(JSON.parse(text('run.json')))
  expect(ownSuites).toEqual([{ name: 'keeper', areas: ['keeper'], files: 8, sha256: hash('sha256', text('own-suites.sha256')) }])
  const sums = spawnSync('sha256sum', ['--check', '--quiet', 'own-suites.sha256'], { cwd: run.path, encoding: 'utf8' })
  expect(sums).toMatchObject({ status: 0, stdout: '' })
  expect(text('own-suites/keeper/store.check.ts')).toBe(readFileSync(join(keeperSuites, 'store.check.ts'), 'utf8'))
  const ledger = JSON.parse(text('ledger.json')) as readonly { readonly id: string }[]
  expect(ledger.map(({ id }) => id.split('.')[0])).toEqual(['keeper', 'keeper', 'keeper', 'keeper'])
  discardRunDirectory(run.path)
  expect(existsSync(run.path)).toBe(false)
})
