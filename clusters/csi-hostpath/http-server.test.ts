import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { serveHttp } from './http-server.ts'
import { openMetrics, type Metrics } from './metrics.ts'
import { openDataDirectory } from './storage/data-directory.ts'

let directory: string
let metrics: Metrics
let base: string
let reason: string | undefined
let close: () => void

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  metrics = openMetrics(await openDataDirectory(directory))
  const server = await serveHttp(0, { metrics, whyNotReady: async () => reason })
  close = () => server.close()
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  close()
  rmSync(directory, { recursive: true, force: true })
})

const get = async (path: string) => {
  const response = await fetch(`${base}${path}`)
  return { status: response.status, body: await response.text() }
}

test('a process is ready when it has all it needs, and says what is missing', async () => {
  expect(await get('/readyz')).toEqual({ status: 200, body: 'ready\n' })
  reason = 'kubelet has not registered the driver yet'
  expect(await get('/readyz')).toEqual({ status: 503, body: `${reason}\n` })
  expect((await get('/')).status).toBe(404)
})

test('calls, faults, freezes and what is kept are metrics', async () => {
  metrics.observe({ at: '', method: 'CreateSnapshot', request: {}, code: 'OK', durationMs: 120, frozenMs: 40, fault: 'slow-calls' })
  const { body } = await get('/metrics')
  expect(body).toContain('csi_hostpath_call_duration_seconds_count{method="CreateSnapshot",code="OK"} 1')
  expect(body).toContain('csi_hostpath_frozen_seconds_sum 0.04')
  expect(body).toContain('csi_hostpath_faults_total{fault="slow-calls"} 1')
  expect(body).toContain('csi_hostpath_volumes 0')
  expect(body).toContain('process_resident_memory_bytes')
})
