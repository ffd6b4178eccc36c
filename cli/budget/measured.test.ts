import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readComponentMutants } from '../../clusters/index.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { measuredDurations } from './measured.ts'

let run: string

beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(run, { recursive: true })
})

function verdict(path: string, outcome: string): void {
  mkdirSync(join(run, path), { recursive: true })
  const times = { startedAt: '2026-11-28T10:00:00Z', endedAt: '2026-11-28T10:00:40Z' }
  writeFileSync(join(run, path, 'verdict.json'), JSON.stringify({ verdict: outcome, ...times }))
}

test('what came out as it should is measured, in seconds of the reference machine', () => {
  verdict('evidence/dns/passed', 'Passed')
  verdict('evidence/dns/unclear', 'Inconclusive')
  verdict('mutants/restore-empty/evidence/dns/passed', 'Failed')
  verdict('mutants/other/evidence/dns/passed', 'Passed')
  const stages = [
    { name: 'driver', passed: 1, failed: 0, skipped: 0, seconds: 60 },
    { name: 'recheck', passed: 0, failed: 1, skipped: 0, seconds: 60 },
  ]
  expect(measuredDurations({ runDirectories: [run], stages, slowness: 2, probeSeconds: 0.5 })).toEqual({
    ...{ schemaVersion: 1, probeSeconds: 0.5 },
    stages: { driver: 30 },
    guarantees: { 'dns/passed': 20 },
    controls: { 'restore-empty dns/passed': 20 },
  })
})

test('mutants of components are measured, those that nothing can notice too', () => {
  const mutants = readComponentMutants()
  const [alike, other] = [true, false].map((is) => mutants.find(({ equivalent }) => (equivalent !== undefined) === is)?.name ?? '')
  for (const name of [alike, other]) {
    verdict(`mutants/${name}/evidence/dns/passed`, 'Passed')
    verdict(`mutants/${name}/evidence/dns/failed`, 'Failed')
  }
  const { controls } = measuredDurations({ runDirectories: [run], stages: [], slowness: 1, probeSeconds: 1 })
  expect(controls).toEqual({ [`${alike} dns/passed`]: 40, [`${other} dns/failed`]: 40 })
})

test('a run without evidence is no error', () => {
  expect(measuredDurations({ runDirectories: [run], stages: [], slowness: 1, probeSeconds: 1 })).toMatchObject({
    guarantees: {},
    controls: {},
  })
})
