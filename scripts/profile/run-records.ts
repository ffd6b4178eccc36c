import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What is read of an entry of `history.jsonl`. */
export interface Entry {
  readonly at: string
  readonly type: string
  readonly actId?: string
  readonly verb?: string
  readonly phase?: string
  readonly subject?: { readonly kind: string; readonly name: string }
  readonly request?: { readonly command?: readonly string[] }
  /** Of a measurement. */
  readonly what?: string
  /** Of an observation. */
  readonly event?: string
  readonly kind?: string
  readonly object?: unknown
}

/** What is read of a line of `judgements.jsonl`. */
export interface Judgement {
  readonly verb: string
  readonly name: string
  readonly outcome: string
  readonly startedAt?: string
  readonly untilSeq: number
  readonly within?: number
  readonly kinds?: readonly string[]
}

/** The files of one guarantee, as far as they say when something happened. */
export interface GuaranteeRecord {
  readonly id: string
  readonly startedAt: string
  readonly endedAt: string
  readonly entries: readonly Entry[]
  readonly judgements: readonly Judgement[]
  /** When Vitest began it and when its clean-up was over, in milliseconds since the epoch; absent where that is not known. */
  readonly test?: { readonly begun: number; readonly over: number }
}

interface Result {
  readonly id: string
  readonly startedAt: string
  readonly durationSeconds: number
}

function lines(file: string): readonly unknown[] {
  const all = readFileSync(file, 'utf8').split('\n')
  return all.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)
}

function resultsOf(run: string): ReadonlyMap<string, Result> {
  const file = join(run, 'results.json')
  if (!existsSync(file)) return new Map()
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as { readonly results: readonly Result[] }
  return new Map(results.map((result) => [result.id, result]))
}

/** Reads what the guarantees of a run left whose history is there. A published copy has left out most of them. */
export function readRecords(run: string): readonly GuaranteeRecord[] {
  const results = resultsOf(run)
  return globSync('evidence/*/*/history.jsonl', { cwd: run })
    .toSorted()
    .flatMap((path) => {
      const directory = join(run, dirname(path))
      if (!existsSync(join(directory, 'verdict.json'))) return []
      const verdict = JSON.parse(readFileSync(join(directory, 'verdict.json'), 'utf8')) as Pick<
        GuaranteeRecord,
        'id' | 'startedAt' | 'endedAt'
      >
      const judgements = join(directory, 'judgements.jsonl')
      const result = results.get(verdict.id)
      const begun = Date.parse(result?.startedAt ?? '')
      return [
        {
          ...{ id: verdict.id, startedAt: verdict.startedAt, endedAt: verdict.endedAt },
          entries: lines(join(run, path)) as readonly Entry[],
          judgements: existsSync(judgements) ? (lines(judgements) as readonly Judgement[]) : [],
          ...(result !== undefined && { test: { begun, over: begun + result.durationSeconds * 1000 } }),
        },
      ]
    })
}
