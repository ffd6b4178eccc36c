import { expect, test } from 'vitest'
import { chooseSize, fits, smallestVolume } from './capacity.ts'

const gibibyte = 1024 ** 3
const xfs = { smallest: smallestVolume({ type: 'mount', fsType: 'xfs' }) }
const range = (required: number, limit = 0) => ({ required_bytes: String(required), limit_bytes: String(limit) })

test('the size is what is required, in whole blocks', () => {
  expect(chooseSize(range(gibibyte), xfs)).toBe(gibibyte)
  expect(chooseSize(range(gibibyte + 1), xfs)).toBe(gibibyte + 4096)
  expect(chooseSize(null, xfs)).toBe(gibibyte)
})

test('a driver may have larger steps', () => {
  const steps = { ...xfs, step: gibibyte }
  expect(chooseSize(range(1), steps)).toBe(gibibyte)
  expect(chooseSize(range(gibibyte + 1), steps)).toBe(2 * gibibyte)
  expect(() => chooseSize(range(gibibyte + 1, gibibyte + 4096), steps)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }))
})

test('a size too small for xfs is raised, unless the limit forbids it', () => {
  expect(chooseSize(range(1024), xfs)).toBe(xfs.smallest)
  expect(chooseSize(range(1024), { smallest: smallestVolume({ type: 'block' }) })).toBe(1024 ** 2)
  expect(() => chooseSize(range(1024, 2048), xfs)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }))
})

test('a restored volume is as large as its content and not smaller', () => {
  expect(chooseSize(null, { ...xfs, content: 3 * gibibyte })).toBe(3 * gibibyte)
  expect(chooseSize(range(4 * gibibyte), { ...xfs, content: 3 * gibibyte })).toBe(4 * gibibyte)
  expect(() => chooseSize(range(2 * gibibyte), { ...xfs, content: 3 * gibibyte })).toThrow(
    expect.objectContaining({ code: 'OUT_OF_RANGE' }),
  )
})

test('an existing volume fits a range that includes its size', () => {
  expect(fits(gibibyte, range(gibibyte, gibibyte))).toBe(true)
  expect(fits(gibibyte, null)).toBe(true)
  expect(fits(gibibyte, range(gibibyte + 1))).toBe(false)
  expect(fits(gibibyte, range(1, gibibyte - 1))).toBe(false)
})

test('a negative or contradictory range is refused', () => {
  expect(() => chooseSize(range(-1), xfs)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
  expect(() => chooseSize(range(2 * gibibyte, gibibyte), xfs)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
})
