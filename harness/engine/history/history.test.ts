import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import type { ObservedObject } from './history-entry.ts'
import { openHistory } from './history.ts'

const pod = {
  kind: 'Pod',
  metadata: { name: 'web-0', uid: 'u', resourceVersion: '1', managedFields: [{ manager: 'x' }] },
} as ObservedObject

test('each entry is on disk as soon as it is appended', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const historyFile = join(directory, 'deep', 'history.jsonl')
  const history = openHistory({ historyFile })
  history.append({ type: 'mark', name: 'first' })
  expect(readFileSync(historyFile, 'utf8')).toMatch(/^\{"seq":0,"at":"[^"]+","type":"mark","name":"first"\}\n$/)
  history.append({ type: 'mark', name: 'second' })
  const lines = readFileSync(historyFile, 'utf8').trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(history.entries)
  history.close()
})

test('observations are kept without managedFields', () => {
  const history = openHistory()
  history.append({ type: 'observation', event: 'ADDED', kind: 'Pod', object: pod })
  expect(JSON.stringify(history.entries)).not.toContain('managedFields')
})

test('of managedFields the time of the latest write is kept', () => {
  const history = openHistory()
  const managedFields = [{ time: '2026-01-01T00:00:09Z' }, { time: '2026-01-01T00:00:31Z' }, { manager: 'x' }]
  const written = { ...pod, metadata: { ...pod.metadata, managedFields } } as ObservedObject
  history.append({ type: 'observation', event: 'ADDED', kind: 'Pod', object: written })
  history.append({ type: 'observation', event: 'MODIFIED', kind: 'Pod', object: pod })
  expect(history.entries.map((entry) => 'writtenAt' in entry && entry.writtenAt)).toEqual(['2026-01-01T00:00:31Z', false])
})

test('listeners are called after each append until they leave', () => {
  const history = openHistory()
  const seen: number[] = []
  const leave = history.subscribe(() => seen.push(history.entries.length))
  history.append({ type: 'mark', name: 'a' })
  leave()
  history.append({ type: 'mark', name: 'b' })
  expect(seen).toEqual([1])
})

test('a closed history takes nothing more', () => {
  const history = openHistory()
  history.close()
  expect(() => history.append({ type: 'mark', name: 'late' })).toThrow('The history is closed')
})

test('a listener that throws is a finding, and harms neither what appended nor the other listeners', () => {
  const history = openHistory()
  const seen: string[] = []
  history.subscribe(() => {
    throw new Error('results.json ends in the middle')
  })
  history.subscribe(() => seen.push(`entry ${history.entries.length}`))
  expect(history.append({ type: 'mark', name: 'a' })).toMatchObject({ seq: 0 })
  history.append({ type: 'mark', name: 'b' })
  expect(seen).toEqual(['entry 1', 'entry 2'])
  expect(history.findings).toEqual(['A listener of the history failed: results.json ends in the middle'])
})

test('nothing is judged once the judgements are sealed, while what happens is still recorded', () => {
  const history = openHistory()
  const judgement = { verb: 'toUphold', name: 'n', params: {}, description: 'd', fromSeq: 0, untilSeq: 0, outcome: 'upheld' } as const
  history.judge(judgement)
  history.seal()
  expect(() => history.judge(judgement)).toThrow('nothing can be judged after the verdict')
  history.append({ type: 'mark', name: 'the node is back' })
  expect(history.judgements).toHaveLength(1)
})
