import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import {
  addDurations,
  componentMutantSeconds,
  componentSeconds,
  controlSeconds,
  elsewhereSeconds,
  guaranteeSeconds,
  knownDurations,
  readDurations,
  stageSeconds,
  type Durations,
} from './durations.ts'

const stored: Durations = {
  ...{ schemaVersion: 1, probeSeconds: 0.5, stages: { driver: 60 } },
  guarantees: { 'dns/one': 4, 'dns/two': 10, 'dns/three': 100 },
  controls: { 'restore-empty dns/one': 31 },
}
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

test('what was measured counts; a new guarantee takes as long as that in the middle of its concept', () => {
  expect(guaranteeSeconds(stored, { id: 'dns/one' })).toBe(4)
  expect(guaranteeSeconds(stored, { id: 'dns/new' })).toBe(10)
  expect(guaranteeSeconds(stored, { id: 'dns/new', pace: 'slow' })).toBe(90)
  expect(guaranteeSeconds(stored, { id: 'new/new' })).toBe(30)
})

test('a control that was not measured takes longer than its guarantee', () => {
  expect(controlSeconds(stored, 'restore-empty', { id: 'dns/one' })).toBe(31)
  expect(controlSeconds(stored, 'other', { id: 'dns/one' })).toBe(22)
})

test('a stage that nobody has measured has some time, too', () => {
  expect(stageSeconds(stored, 'driver')).toBe(60)
  expect(stageSeconds(stored, 'new')).toBe(10)
  expect(elsewhereSeconds({ ...stored, stages: { 'stranger local-path': 150 } }, 'stranger local-path')).toBe(150)
  expect(elsewhereSeconds(stored, 'stranger local-path')).toBe(240)
})

test('durations of this machine come before the stored ones, and are not needed', () => {
  const path = join(directory, 'below', 'own.json')
  expect(knownDurations(stored, path)).toEqual(stored)
  addDurations(path, { ...stored, stages: {}, guarantees: { 'dns/one': 8.04 }, controls: {} })
  addDurations(path, { ...stored, stages: {}, guarantees: { 'dns/two': 9 }, controls: {} })
  expect(readDurations(path).guarantees).toEqual({ 'dns/one': 8, 'dns/two': 9 })
  expect(knownDurations(stored, path).guarantees).toEqual({ 'dns/one': 8, 'dns/two': 9, 'dns/three': 100 })
})

test.each(['', '{', '{"schemaVersion": 2}'])('durations that cannot be read count for nothing, and are replaced: %s', (text) => {
  const path = join(directory, 'own.json')
  writeFileSync(path, text)
  expect(knownDurations(stored, path)).toEqual(stored)
  addDurations(path, stored)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(stored)
})

test('the checkout has durations', () => {
  expect(Object.keys(readDurations().guarantees).length).toBeGreaterThan(100)
})

test('a component costs its build only where it is not built, and each mutant more than its guarantee', () => {
  const known = readDurations()
  const builtOrNot = [true, false].map((isBuilt) => componentSeconds(known, 'kube-controller-manager', { isBuilt }))
  expect((builtOrNot[1] ?? 0) - (builtOrNot[0] ?? 0)).toBe(known.stages['build kube-controller-manager'])
  expect(componentSeconds(known, 'unknown', { isBuilt: false })).toBeGreaterThan(componentSeconds(known, 'unknown', { isBuilt: true }))
  const guarantee = { id: 'dns/none' } as const
  expect(componentMutantSeconds({ ...known, controls: { 'm dns/none': 7 } }, 'm', guarantee)).toBe(27)
})
