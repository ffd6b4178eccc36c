import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { verifyEvidence, writeSums } from './verify-evidence.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  mkdirSync(join(directory, 'objects'))
  writeFileSync(join(directory, 'verdict.json'), '{}')
  writeFileSync(join(directory, 'objects', 'pod-web-0.yaml'), 'kind: Pod')
  writeSums(directory)
  return () => rmSync(directory, { recursive: true })
})

test('untouched evidence verifies', () => {
  expect(verifyEvidence(directory)).toEqual([])
})

test('a changed, a removed and an added file are named', () => {
  appendFileSync(join(directory, 'verdict.json'), ' ')
  rmSync(join(directory, 'objects', 'pod-web-0.yaml'))
  writeFileSync(join(directory, 'extra.txt'), '')
  expect(verifyEvidence(directory)).toEqual(['objects/pod-web-0.yaml is missing.', 'verdict.json was changed.', 'extra.txt was added.'])
})

test('evidence without its list was never completed', () => {
  rmSync(join(directory, 'SHA256SUMS'))
  expect(verifyEvidence(directory)).toEqual(['SHA256SUMS is missing: the evidence was never completed.'])
})
