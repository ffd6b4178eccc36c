import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isAlive, thisProcess } from './owner.ts'

test('a running process keeps its cluster alive', () => {
  expect(isAlive(thisProcess('run', false))).toBe(true)
})

test('a dead process does not', () => {
  const dead = spawnSync('true').pid
  expect(isAlive({ ...thisProcess('run', false), pid: dead })).toBe(false)
})

test('nor does another process that got the same number', () => {
  expect(isAlive({ ...thisProcess('run', false), startTicks: '1' })).toBe(false)
})

test('a retained cluster is alive whatever became of its maker', () => {
  expect(isAlive({ ...thisProcess('up', true), pid: spawnSync('true').pid })).toBe(true)
})
