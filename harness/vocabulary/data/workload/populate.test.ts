import { expect, test } from 'vitest'
import { plannedFiles } from './populate.ts'

const root = { user: 0, groups: [0] }

const sizes = plannedFiles({ files: 100, bytes: 1_000_003 }, root).map(({ size }) => size)

test('plans exactly as many files and bytes as asked for', () => {
  expect(sizes).toHaveLength(100)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_000_003)
})

test('mixes sizes, an empty file among them', () => {
  expect(Math.min(...sizes)).toBe(0)
  expect(new Set(sizes).size).toBeGreaterThan(10)
})

test('gives every file a path of its own', () => {
  expect(new Set(plannedFiles({ files: 1000, bytes: 1 }, root).map(({ path }) => path)).size).toBe(1000)
})

test('one file gets all bytes', () => {
  expect(plannedFiles({ files: 1, bytes: 7 }, root)).toMatchObject([{ size: 7 }])
})
