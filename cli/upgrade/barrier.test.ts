import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { upgradePaths, type UpgradeStage, waitingFile } from '../../contract/upgrade.ts'
import { allArrived, stillOnTheirWay } from './barrier.ts'

const guarantees = [{ id: 'upgrade/one' }, { id: 'upgrade/two' }] as const
let runDirectory = ''

beforeEach(() => {
  runDirectory = mkdtempSync(join(tmpdir(), temporaryPrefix('barrier')))
  mkdirSync(upgradePaths(runDirectory).waiting, { recursive: true })
})

afterEach(() => rmSync(runDirectory, { recursive: true, force: true }))

function waits(id: string, stage: UpgradeStage): void {
  const text = JSON.stringify({ guarantee: id, stage, at: '2026-12-01T00:00:00.000Z' })
  writeFileSync(join(upgradePaths(runDirectory).waiting, waitingFile(id)), text)
}

function isOver(id: string): void {
  mkdirSync(join(runDirectory, 'evidence', id), { recursive: true })
  writeFileSync(join(runDirectory, 'evidence', id, 'verdict.json'), '{}')
}

const wait = (more: object = {}) => ({
  ...{ runDirectory, guarantees, within: 5, log: () => undefined, signal: new AbortController().signal, ended: () => false },
  ...{ pace: { look: 0.01, line: 1000 } },
  ...more,
})

test('who waits for a later stage has arrived at the earlier ones', () => {
  waits('upgrade/one', 'begin')
  waits('upgrade/two', 'whole')
  expect(stillOnTheirWay('begin', { runDirectory, guarantees })).toEqual([])
  expect(stillOnTheirWay('control-plane', { runDirectory, guarantees })).toEqual(['upgrade/one'])
})

test('a suite that is judged already counts as arrived', async () => {
  waits('upgrade/one', 'whole')
  isOver('upgrade/two')
  await expect(allArrived('control-plane', wait())).resolves.toBe(true)
})

test('nothing is upgraded for nobody', async () => {
  for (const { id } of guarantees) isOver(id)
  await expect(allArrived('begin', wait())).resolves.toBe(false)
  await expect(allArrived('begin', wait({ ended: () => true }))).resolves.toBe(false)
})

test('who comes too late is named, with the stage and the limit', async () => {
  waits('upgrade/one', 'begin')
  await expect(allArrived('begin', wait({ within: 0 }))).rejects.toThrow('1 suite did not get to "begin" within 0 s: upgrade/two.')
})

test('an interruption ends the wait', async () => {
  await expect(allArrived('begin', wait({ signal: AbortSignal.abort(new Error('interrupted')) }))).rejects.toThrow('interrupted')
})
