import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../../../contract/owner.ts'
import type { Measurement } from '../../../engine/history/history-entry.ts'
import { type Answer, event, list, stream, watched } from '../../../testing/scripted-server.ts'
import { measureDriverCalls } from './driver-calls-of.ts'

const pvc = { metadata: { name: 'data', uid: 'uid-data', resourceVersion: '5' }, spec: { volumeName: 'pv-1' } }
const volume = { metadata: { name: 'pv-1', uid: 'uid-pv-1', resourceVersion: '11' }, spec: { csi: { volumeHandle: 'handle-1' } } }

/** Measures the calls for a PVC whose PersistentVolume the watch has not delivered yet. */
async function measured(script: readonly Answer[]) {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const call = { at: '2026-11-28T08:00:00Z', method: 'ControllerPublishVolume', request: { volume_id: 'handle-1' }, code: 'OK' }
  writeFileSync(join(directory, 'controller.jsonl'), `${JSON.stringify(call)}\n`)
  const { history, watch } = await watched(script, { kind: 'PersistentVolume' })
  history.watches.add({ watch, key: 'pvs', fromTheBeginning: true })
  history.append({
    type: 'observation',
    event: 'MODIFIED',
    kind: 'PersistentVolumeClaim',
    object: { ...pvc, kind: 'PersistentVolumeClaim' },
  })
  const measure: Parameters<typeof measureDriverCalls>[1]['measure'] = (what, label, of) =>
    history.append({ type: 'measurement', what, label, ...of }) as Measurement
  const cluster = { callLogDirectory: directory } as ClusterRecord
  await measureDriverCalls('in the end', { cluster, history, measure }, 'data')
  const kept = history.entries.findLast((entry) => entry.type === 'measurement')
  return kept?.value
}

test('the calls of a volume are found, although its watch is behind', async () => {
  let deliver: (() => void) | undefined
  const behind: Answer = (response) => (deliver = () => response.write(event('ADDED', volume)))
  const listed: Answer = (response, request) => {
    list(12, volume)(response, request)
    deliver?.()
  }
  expect(await measured([list(10), behind, listed])).toMatchObject([{ method: 'ControllerPublishVolume' }])
})

test('a watch that does not catch up is named, and nothing is measured', async () => {
  const missing = /^The watch of PersistentVolumes may have missed events: The watch did not deliver pv-1 /
  await expect(measured([list(10), stream(), list(12, volume), stream()])).rejects.toThrow(missing)
})
