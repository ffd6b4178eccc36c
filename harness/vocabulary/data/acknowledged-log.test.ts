import { expect, test } from 'vitest'
import { compareLogs, describeLogDifference } from './acknowledged-log.ts'

const found = (...seqs: readonly number[]) => ({ records: seqs.map((seq) => ({ seq, intact: true })) })

test('says nothing when exactly the acknowledged records are there', () => {
  expect(describeLogDifference(compareLogs([1, 2, 3], found(1, 2, 3)))).toBeUndefined()
})

test('names lost records', () => {
  expect(describeLogDifference(compareLogs([1, 2, 3, 4, 5], found(1)))).toBe('4 records lost (2, 3, 4, …)')
})

test('names resurrected records', () => {
  expect(describeLogDifference(compareLogs([1], found(1, 2)))).toBe('1 record there though never acknowledged by then (2)')
})

test('names corrupted and repeated records', () => {
  const log = { records: [...found(1, 1).records, { seq: 2, intact: false }] }
  expect(describeLogDifference(compareLogs([1, 2], log))).toBe('1 record with a wrong checksum (2); 1 record there more than once (1)')
})
