import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { openHistory, type History } from '../engine/history/history.ts'
import { faultOf } from './open-fault.ts'

let directory: string
let history: History
let reverts: (() => Promise<void>)[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  history = openHistory()
  reverts = []
})

afterEach(() => rmSync(directory, { recursive: true }))

function open(mutant: string): AsyncDisposable {
  const objectStore = { endpoint: '', region: '', bucket: 'backups', directory: join(directory, 'store', 'backups'), container: 'store' }
  const velero = { namespace: 'velero', location: 'default', faultyLocations: {} }
  const cluster = { velero, objectStore, images: [] } as Partial<ClusterRecord> as ClusterRecord
  const registerRevert = (_name: string, revert: () => Promise<void>) => void reverts.push(revert)
  const fault = faultOf(mutant)?.openAtStore?.({ cluster, history, namespace: 'hf-a', registerRevert })
  if (fault === undefined) throw new Error(`${mutant} hits no store`)
  return fault
}

function seeBackup(phase: string): void {
  const metadata = { name: 'hf-a-one', uid: 'u', resourceVersion: '1' }
  const object = { apiVersion: 'velero.io/v1', kind: 'Backup', metadata, status: { phase } }
  history.append({ type: 'observation', kind: 'Backup', event: 'ADDED', object })
}

const content = Buffer.from('some bytes of a volume')

function stored(): string {
  const folder = join(directory, 'store', 'backups', 'kopia', 'hf-a')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'p1'), content)
  return join(folder, 'p1')
}

async function revertTwice(): Promise<void> {
  expect(reverts).toHaveLength(1)
  for (const revert of [...reverts, ...reverts]) await revert()
}

test('a stored object is away the moment its Backup is seen Completed, and back once the guarantee is over', async () => {
  const file = stored()
  await using _ = open('stored-object-deleted')
  seeBackup('InProgress')
  expect(existsSync(file)).toBe(true)
  seeBackup('Completed')
  expect(existsSync(file)).toBe(false)
  await revertTwice()
  expect(readFileSync(file)).toEqual(content)
})

test('a byte of a stored object is another one until the guarantee is over', async () => {
  const file = stored()
  await using _ = open('stored-byte-flipped')
  seeBackup('Completed')
  expect(readFileSync(file)).not.toEqual(content)
  await revertTwice()
  expect(readFileSync(file)).toEqual(content)
})

test.each(['stored-object-deleted', 'stored-byte-flipped'])('%s reverts nothing in a store that is gone', async (mutant) => {
  stored()
  await using _ = open(mutant)
  seeBackup('Completed')
  rmSync(join(directory, 'store', 'backups'), { recursive: true })
  await revertTwice()
  expect(readdirSync(join(directory, 'store'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([])
})
