import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../../../contract/owner.ts'
import { openGate, workloadContainer } from './workload-container.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

test('a gate that is opened while its container begins stays open', async () => {
  const [gate, begun, go] = ['gate', 'begun', 'go'].map((name) => join(directory, name)) as [string, string, string]
  // Nobody stops it once the test is over.
  const first = `touch '${begun}'; until [ -e '${go}' ] || [ ! -d '${directory}' ]; do sleep 0.01; done`
  const { command = [] } = workloadContainer({ image: 'workload', mounts: [], readiness: 'by-gate', first })
  // What a Pod has for itself is in a directory of this test, and the container ends where it would wait.
  const script = (command[2] ?? '').replaceAll(openGate[1] ?? '', gate).replace('sleep infinity & wait $!', 'exit 7')
  const container = spawn('bash', ['-c', script], { stdio: 'ignore' })
  const ended = once(container, 'exit')
  await vi.waitUntil(() => existsSync(begun), { timeout: 60_000 })
  writeFileSync(gate, '')
  writeFileSync(go, '')
  expect(await ended).toEqual([7, null])
  expect(existsSync(gate)).toBe(true)
})
