import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../../../contract/owner.ts'
import { ownershipsOf, thisIdentity } from './owners.ts'
import { plannedFiles, populate } from './populate.ts'

test('root gives files to several users', () => {
  const users = ownershipsOf({ user: 0, groups: [0] }).map(([user]) => user)
  expect(new Set(users).size).toBe(3)
})

test('another user keeps its files and gives them to each of its groups', () => {
  expect(ownershipsOf({ user: 1000, groups: [1000, 2000, 3000] })).toEqual([
    [1000, 1000],
    [1000, 2000],
    [1000, 3000],
  ])
})

test('a user of one group has only that to give', () => {
  expect(ownershipsOf({ user: 1000, groups: [1000] })).toEqual([
    [1000, 1000],
    [1000, 1000],
    [1000, 1000],
  ])
})

test('a tree goes through all ownerships', () => {
  const files = plannedFiles({ files: 9, bytes: 9 }, { user: 1000, groups: [1, 2, 3] })
  expect(files.map(({ owner: [, group] }) => group)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3])
})

test('whoever runs this can write a tree and read every file of it', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const size = { files: 20, bytes: 20_000 }
  populate(directory, { ...size, seed: 1 })
  const planned = plannedFiles(size, thisIdentity())
  const found = planned.map(({ path }) => {
    const { uid, gid } = statSync(join(directory, path))
    return { size: readFileSync(join(directory, path)).length, owner: [uid, gid] }
  })
  expect(found).toEqual(planned.map(({ size: bytes, owner }) => ({ size: bytes, owner: [...owner] })))
})
