import { appendFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../../../contract/owner.ts'
import { faultsOf, foundAt } from './continuous-writes.ts'
import { ask, openDirectory, readWrites } from './writer.ts'

const last = 250
const bounds = { atLeast: last, atMost: last }
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const writer = openDirectory(directory)
  for (let record = 1; record <= last; record += 1) writer.write(record)
  return () => rmSync(directory, { recursive: true })
})

test('what was written is read back as it is judged', () => {
  const found = readWrites(directory)
  expect({ ...found, created: found.created.toSorted((a, b) => a.record - b.record) }).toEqual(foundAt(last))
  expect(faultsOf(found, bounds)).toEqual([])
})

test('a line cut short is no record, and everything before it is', () => {
  appendFileSync(join(directory, 'sequence'), `${last + 1} 12`)
  const found = readWrites(directory)
  expect(found).toMatchObject({ sequence: [[1, last]], torn: { sequence: true, appended: false } })
  expect(faultsOf(found, bounds)).toEqual([])
})

test('appended records that are gone are missed', () => {
  truncateSync(join(directory, 'appended'), 3000)
  expect(faultsOf(readWrites(directory), bounds)[0]).toMatch(/appended records are missing/u)
})

test('a directory that nobody wrote to holds nothing', () => {
  expect(readWrites(join(directory, 'created', 'nowhere'))).toEqual(foundAt(0))
})

test('a writer that is gone is told from one that could not be asked', async () => {
  const socket = join(directory, 'writer.sock')
  expect(await ask('stop', socket)).toEqual({ record: null })
  await expect(ask('stop', join(directory, 'sequence', 'no-directory'))).rejects.toThrow('ENOTDIR')
})

test('a writer that ends before it has answered is gone', async () => {
  const socket = join(directory, 'writer.sock')
  const server = createServer((connection) => void connection.once('data', () => connection.destroy()))
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  expect(await ask('position', socket)).toEqual({ record: null })
  server.close()
})
