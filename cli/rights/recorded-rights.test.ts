import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { ruleOf, ruleText } from '../../contract/rights.ts'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { projectRoot } from '../shell/project-root.ts'
import { addRights, leftOut, readRights, type RecordedRights } from './recorded-rights.ts'
import { rightsOfRuns } from './rights-of-run.ts'

const known = ['pvcs/bound', 'pvcs/pending', 'dns/names']
let directory: string
let path: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  path = join(directory, 'rights.json')
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

function rightsOf(lines: Readonly<Record<string, readonly string[]>>): RecordedRights {
  return new Map(Object.entries(lines).map(([id, rules]) => [id, rules.map(ruleOf)]))
}

function linesOf(rights: RecordedRights): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...rights].map(([id, rules]) => [id, rules.map(ruleText)]))
}

test('runs add to each other, and what all guarantees need is written once', () => {
  addRights(path, { known, recent: rightsOf({ 'pvcs/bound': ['own pods: create'], 'pvcs/pending': ['own pods: create list'] }) })
  addRights(path, { known, recent: rightsOf({ 'pvcs/bound': ['own pods: create get', 'own pods/exec: create get'] }) })
  expect(linesOf(readRights(known, path))).toEqual({
    'pvcs/bound': ['own pods: create get', 'own pods/exec: create get'],
    'pvcs/pending': ['own pods: create list'],
  })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    schemaVersion: 1,
    every: ['own pods: create'],
    guarantees: { 'pvcs/bound': ['own pods: get', 'own pods/exec: create get'], 'pvcs/pending': ['own pods: list'] },
    unrecorded: ['dns/names'],
  })
})

test('a guarantee that is no longer there is refused when it is read, and left out when it is written', () => {
  addRights(path, { known: [...known, 'pvcs/bond'], recent: rightsOf({ 'pvcs/bond': ['own pods: create'] }) })
  expect(() => readRights(known, path)).toThrow(`${path} has rights of guarantee pvcs/bond, which does not exist. Did you mean pvcs/bound?`)
  addRights(path, { known, recent: new Map() })
  expect(readRights(known, path).size).toBe(0)
})

test('a guarantee that is new is left out until the file is written again', () => {
  addRights(path, { known, recent: new Map() })
  expect(leftOut([...known, 'dns/new'], path)).toEqual(['dns/new'])
  addRights(path, { known: [...known, 'dns/new'], recent: new Map() })
  expect(leftOut([...known, 'dns/new'], path)).toEqual([])
})

test.each(['{', '{}', '{"schemaVersion": 1, "every": ["pods"], "guarantees": {}, "unrecorded": []}'])('no rights: %s', (text) => {
  writeFileSync(path, text)
  expect(() => readRights(known, path)).toThrow(path)
})

test('only guarantees that passed and were cleaned up show what they need', () => {
  for (const [id, verdict, complete] of [
    ['pvcs/bound', 'Passed', true],
    ['pvcs/pending', 'Failed', true],
    ['dns/names', 'Passed', false],
  ] as const) {
    const evidence = join(directory, 'evidence', id)
    mkdirSync(evidence, { recursive: true })
    writeFileSync(join(evidence, 'verdict.json'), JSON.stringify({ id, verdict }))
    writeFileSync(join(evidence, 'requests.json'), JSON.stringify({ complete, rights: ['own pods: create get'] }))
  }
  expect(linesOf(rightsOfRuns([directory, directory]))).toEqual({ 'pvcs/bound': ['own pods: create get'] })
  writeFileSync(join(directory, 'evidence', 'pvcs/bound', 'requests.json'), JSON.stringify({ complete: true, rights: ['pods'] }))
  expect(() => rightsOfRuns([directory])).toThrow('"pods" is not a rule')
})

test('the checkout says of each guarantee what it needs, or that no run has shown it', () => {
  const ids = readCatalogue(projectRoot).flatMap(({ guarantees }) => guarantees.map(({ id }) => id))
  expect(leftOut(ids), 'Run ./holdfast rights --write, with a run in which they passed if there is one').toEqual([])
  expect(readRights(ids).size).toBeLessThanOrEqual(ids.length)
})
