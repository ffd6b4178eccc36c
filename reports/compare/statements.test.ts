import { expect, test } from 'vitest'
import type { LedgerResult } from '../model/ledger-results.ts'
import { exampleSide } from '../testing/example-side.ts'
import { statementChanges } from './statements.ts'

type Outcome = LedgerResult['outcome']

/** A run whose ledger has one statement: what became of it, and how it reads; none where nothing is told. */
function run(outcome?: Outcome, statement = 'It is so.') {
  const entry = {
    id: 'area.entry',
    area: 'Area',
    level: 'MUST',
    statement,
    verdict: 'holds',
    reality: 'It is.',
    guarantees: ['a/b'],
  } as const
  return {
    guarantees: { 'a/b': 'Passed' } as const,
    ledger: outcome === undefined ? [] : [{ ...entry, guarantees: ['a/b'], outcome }],
  }
}

test('a statement that reads otherwise is another one', () => {
  const changes = (statement?: string) => statementChanges(exampleSide(run('holds')), exampleSide(run('not settled', statement)))
  expect(changes()).toMatchObject([{ id: 'area.entry', direction: 'worse', before: 'holds', after: 'not settled' }])
  expect(changes('It is otherwise.')).toEqual([])
})

test('of several runs, a statement counts that all of them have', () => {
  const after = exampleSide(run('not settled'), run('not settled'))
  expect(statementChanges(exampleSide(run('holds'), run('holds')), after)).toMatchObject([{ direction: 'worse' }])
  expect(statementChanges(exampleSide(run('holds'), run()), after)).toEqual([])
})

test('of several runs, a statement is settled where all of them settled it', () => {
  const before = exampleSide(run('holds'), run('holds'))
  expect(statementChanges(before, exampleSide(run('holds'), run('holds')))).toEqual([])
  for (const after of [exampleSide(run('holds'), run('not settled')), exampleSide(run('not settled'), run('holds'))])
    expect(statementChanges(before, after)).toMatchObject([{ direction: 'worse', after: 'not settled' }])
})
