import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { leaksStep, withGuarantee } from './leaks-step.ts'
import { noteLeaks, startOf } from './run-directory.ts'

function runDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'run.json'), JSON.stringify({ startedAt: '2026-11-29T10:00:00.000Z' }))
  return directory
}

const runOf = (directory: string) => JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as object

test('a leak names the guarantee whose evidence has calls for the same volume', () => {
  const directory = runDirectory()
  const [volume, other] = [`vol-${'0'.repeat(24)}`, `vol-${'1'.repeat(24)}`]
  const evidence = join(directory, 'evidence', 'reclaim', 'namespace-deletion')
  mkdirSync(evidence, { recursive: true })
  writeFileSync(
    join(evidence, 'driver-calls.jsonl'),
    `${JSON.stringify({ method: 'CreateVolume', volumeId: volume })}\n${JSON.stringify({ method: 'ListVolumes', response: { entries: [{ volume: { volume_id: other } }] } })}\n`,
  )
  expect(withGuarantee(`The driver has ${volume}.`, directory)).toBe(`The driver has ${volume}. It is of reclaim/namespace-deletion.`)
  expect(withGuarantee(`The driver has ${other}.`, directory)).toBe(`The driver has ${other}.`)
  expect(withGuarantee('PersistentVolume pv-1 is still there.', directory)).toBe('PersistentVolume pv-1 is still there.')
})

test('a run that is interrupted is not looked at, and does not say that it was', async () => {
  const directory = runDirectory()
  const run = { id: 'one', path: directory }
  await leaksStep({ record: {} as ClusterRecord }, { run, signal: AbortSignal.abort() }).run(AbortSignal.timeout(1))
  expect(runOf(directory)).not.toHaveProperty('leaks')
})

test('that nothing leaked is noted, too', () => {
  const directory = runDirectory()
  noteLeaks(directory, [])
  expect(runOf(directory)).toEqual({ startedAt: startOf(directory), leaks: [] })
})
