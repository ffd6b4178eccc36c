import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../../../contract/owner.ts'
import type { Measurement } from '../../../engine/history/history-entry.ts'
import { measureDriverVolumes } from './driver-volumes.ts'

/** What is kept of the volumes of a driver that keeps its call log in a directory. */
function measuredIn(callLogDirectory: string | null): unknown {
  const kept: unknown[] = []
  measureDriverVolumes('now', {
    cluster: { callLogDirectory } as ClusterRecord,
    namespace: { name: 'hf-example' },
    measure: (_what, _label, { value }) => kept.push(value) as unknown as Measurement,
  })
  return kept[0]
}

function driverWith(...files: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const folder of ['volumes', 'state/volumes']) mkdirSync(join(directory, folder), { recursive: true })
  for (const file of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), '')
  }
  return join(directory, 'calls')
}

test('a volume counts once, by its image, by what is known of it, or by both', () => {
  const files = ['volumes/both.img', 'state/volumes/both.json', 'volumes/image.img', 'state/volumes/known.json', 'snapshots/other.img']
  expect(measuredIn(driverWith(...files))).toEqual(['both', 'image', 'known'])
})

test('a driver without volumes has none, and one that cannot be read is not taken for it', () => {
  expect(measuredIn(driverWith())).toEqual([])
  expect(measuredIn(null)).toBeNull()
  expect(measuredIn(join(tmpdir(), temporaryPrefix('unit'), 'missing', 'calls'))).toBeNull()
})
