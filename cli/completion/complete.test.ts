import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { clusterDirectory } from '../../clusters/directories.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { readLedger } from '../catalogue/read-ledger.ts'
import { projectRoot } from '../shell/project-root.ts'
import { wordsFor } from './complete.mjs'

const catalogue = readCatalogue(projectRoot)
const all = catalogue.flatMap((suite) => suite.guarantees)

afterEach(() => {
  vi.unstubAllEnvs()
})

test('guarantees are those of the catalogue, after their concepts', () => {
  const concepts = [...new Set(catalogue.map(({ name }) => name.split('/')[0] ?? ''))]
  expect(wordsFor('guarantees').toSorted()).toEqual([...concepts, ...all.map(({ id }) => id)].toSorted())
  expect(wordsFor('guarantees', 'statefulset/ordered-st')).toEqual(['statefulset/ordered-startup'])
})

test('features are those that guarantees require, areas those of the ledger', () => {
  expect(wordsFor('features')).toEqual([...new Set(all.flatMap(({ requires }) => requires))].toSorted())
  const areas = readLedger(projectRoot, catalogue).map(({ id }) => id.split('.')[0] ?? '')
  expect(wordsFor('areas')).toEqual([...new Set(areas)].toSorted())
})

test('clusters are where clusters are kept', () => {
  const state = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  vi.stubEnv('XDG_STATE_HOME', state)
  expect(wordsFor('clusters')).toEqual([])
  mkdirSync(clusterDirectory('holdfast-blue'), { recursive: true })
  expect(wordsFor('clusters')).toEqual(['holdfast-blue'])
  rmSync(state, { recursive: true })
})

test('runs are those of the checkout that have a record, after the latest', () => {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  expect(wordsFor('runs', '', root)).toEqual(['latest'])
  const out = join(root, 'reports', 'out')
  for (const id of ['20261129-2-b', '20261129-1-a', 'bench']) mkdirSync(join(out, id), { recursive: true })
  for (const id of ['20261129-2-b', '20261129-1-a']) writeFileSync(join(out, id, 'run.json'), '{}')
  expect(wordsFor('runs', '', root)).toEqual(['latest', '20261129-1-a', '20261129-2-b'])
  expect(wordsFor('runs', '20261129-2', root)).toEqual(['20261129-2-b'])
  rmSync(root, { recursive: true })
})

test('what is unknown or cannot be read is nothing', () => {
  expect(wordsFor('toString')).toEqual([])
  expect(wordsFor('runs', 'late')).toEqual(['latest'])
})

test('nothing is imported that a shell would have to wait for', () => {
  const text = readFileSync(join(projectRoot, 'cli', 'completion', 'complete.mjs'), 'utf8')
  const imported = [...text.matchAll(/ from '([^']+)'/g)].map(([, name]) => name)
  expect(imported.length).toBeGreaterThan(0)
  expect(imported.filter((name) => name?.startsWith('node:') !== true)).toEqual([])
})

test('the program answers without installing anything, and says nothing else', () => {
  const asked = (...args: readonly string[]) =>
    spawnSync(join(projectRoot, 'holdfast'), ['complete', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  expect(asked('runs', 'lat')).toMatchObject({ status: 0, stdout: 'latest\n', stderr: '' })
  expect(asked()).toMatchObject({ status: 0, stdout: '', stderr: '' })
})
