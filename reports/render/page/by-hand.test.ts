import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HistoryEntry } from '../../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../../harness/engine/history/judgement-record.ts'
import { evidenceIds, readJsonLines } from '../../model/run-files.ts'
import { wholeRun } from '../../testing/whole-run.ts'
import { commandOfCheck, commandOfEntries } from './by-hand.ts'
import { decisiveEntries } from './decisive-entries.ts'
import { entryWords } from './entry-words.ts'
import { pathOf, skipWithout } from '../../testing/needed-program.ts'

const run = await wholeRun('v1.36.3-full-20261127-174436-d907')

interface Tried {
  readonly id: string
  readonly command: string
  readonly words: readonly string[]
}

/** Each command of the run: those of a judgement, and the one for all other lines. */
async function commandsOf(id: string): Promise<readonly Tried[]> {
  const folder = join(run, 'evidence', id)
  if (!existsSync(join(folder, 'history.jsonl'))) return []
  const history = (await readJsonLines(join(folder, 'history.jsonl'))) as HistoryEntry[]
  const judgements = (await readJsonLines(join(folder, 'judgements.jsonl'))) as JudgementRecord[]
  const decided = judgements.map((judgement) => ({ judgement, entries: decisiveEntries(judgement, history) }))
  const own = decided.flatMap(({ judgement, entries }) => {
    const command = commandOfCheck(judgement, entries)
    return command === undefined ? [] : [{ id, command, entries }]
  })
  const others = decided
    .filter(({ judgement, entries }) => commandOfCheck(judgement, entries) === undefined)
    .flatMap(({ entries }) => entries)
  const together = commandOfEntries(others)
  const all = together === undefined ? own : [...own, { id, command: together, entries: others }]
  return all.map(({ entries, ...rest }) => ({ ...rest, words: entries.map((entry) => entryWords(entry)) }))
}

/** One shell for the commands of a guarantee: each prints its number behind what it found. */
function outputsOf(tried: readonly Tried[]): readonly string[] {
  const [{ id } = { id: '' }] = tried
  const script = tried.map(({ command }) => `${command} || exit 1\nprintf '\\036'`).join('\n')
  const cwd = join(run, 'evidence', id)
  return execFileSync('sh', ['-c', script], { cwd, encoding: 'utf8' }).split('\u001e').slice(0, -1)
}

test('each command that the page of a whole run gives shows what the page says', async (context) => {
  if (pathOf('jq') === undefined) skipWithout('jq', context)
  let commands = 0
  let digests = 0
  for (const id of await evidenceIds(run)) {
    const tried = await commandsOf(id)
    if (tried.length === 0) continue
    const outputs = outputsOf(tried)
    expect(outputs).toHaveLength(tried.length)
    for (const [index, { words, command }] of tried.entries()) {
      const output = outputs[index] ?? ''
      const shown = command.startsWith('sed') ? words.flatMap((text) => /\brv (\d+)/.exec(text)?.[1] ?? []) : []
      for (const value of shown) expect(output, `${id}: ${command}`).toContain(`"${value}"`)
      const sums = command.includes('sha256sum') ? words.flatMap((text) => /SHA-256 (\w+)/.exec(text)?.[1] ?? []) : []
      for (const value of sums) expect(output, `${id}: ${command}`).toContain(value)
      const lines = command.endsWith('sort -u') ? output.split('\n').length - 1 : 1
      expect(lines, `${id}: ${command}`).toBe(1)
      expect(output, `${id}: ${command}`).not.toBe('')
      commands += 1
      digests += sums.length
    }
  }
  expect(commands).toBeGreaterThan(200)
  expect(digests).toBeGreaterThan(70)
}, 300_000)

test('what is in order is shown to be by resource versions', async (context) => {
  if (pathOf('jq') === undefined) skipWithout('jq', context)
  const tried = (await commandsOf('statefulset/ordered-startup')).filter(({ command }) => command.includes('$ready'))
  const [output = ''] = outputsOf(tried)
  const first = output
    .split('\n')
    .filter(
      (line, index, lines) => lines.findIndex((other) => other.slice(other.indexOf('\t')) === line.slice(line.indexOf('\t'))) === index,
    )
  expect(first.filter((line) => line !== '').map((line) => line.split('\t').slice(2).join(' '))).toEqual([
    ...['web-0 false', 'web-0 true', 'web-1 false', 'web-1 true', 'web-2 false', 'web-2 true'],
  ])
})
