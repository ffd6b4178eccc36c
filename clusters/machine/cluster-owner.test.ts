import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import {
  standingOfAll,
  labelsOf,
  markOfLabels,
  markOfMounts,
  mountPointOf,
  readOwnerIn,
  standingOf,
  thisProcess,
  writeOwner,
} from './cluster-owner.ts'

const alive = thisProcess('run', false)
const dead = { ...alive, pid: spawnSync('true').pid }
const kept = { ...dead, retained: true }
const elsewhere = { ...alive, boot: 'abc', host: 'def' }

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})
afterEach(() => {
  rmSync(directory, { recursive: true })
})

test.each([
  ['a running process', alive, 'alive'],
  ['a process that has ended', dead, 'dead'],
  ['a user who wants to keep it', kept, 'kept'],
  ['a process on another host', elsewhere, 'unknown'],
])('labels, mount points and files all name %s', async (_, owner, standing) => {
  await writeOwner(directory, owner)
  const read = await readOwnerIn(directory)
  expect(read).toEqual(owner)
  const marks = [markOfLabels(labelsOf('holdfast-a', owner)), markOfMounts(['/var', mountPointOf(owner)])]
  expect(marks.map(standingOf)).toEqual([standing, standing])
})

test.each(['', '{', 'null', '[]', '{"pid": 1}', '{"pid": 12, "startTicks": "1", "bootId": "a", "retained": false}'])(
  'a file that holds %j proves nobody dead',
  async (text) => {
    writeFileSync(join(directory, 'owner.json'), text)
    const owner = await readOwnerIn(directory)
    expect(standingOf({ owner, retained: owner?.retained === true })).toBe('unknown')
  },
)

test('no file, no label and no mount point prove nobody dead', async () => {
  const owner = await readOwnerIn(directory)
  expect([{ owner, retained: false }, markOfLabels({}), markOfMounts(['/var'])].map(standingOf)).toEqual(['unknown', 'unknown', 'unknown'])
})

test.each([
  [[dead, dead], 'dead'],
  [[dead, elsewhere], 'unknown'],
  [[dead, elsewhere, alive], 'alive'],
  [[dead, kept], 'kept'],
  [[], 'unknown'],
])('a cluster is dead only when every part of it is: %#', (owners, standing) => {
  expect(standingOfAll(owners.map((owner) => ({ owner, retained: owner.retained })))).toBe(standing)
})
