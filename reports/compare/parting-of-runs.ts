import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import { readJsonLines } from '../model/run-files.ts'
import type { VerdictChange } from './comparison.ts'
import { partingOf } from './history-parting.ts'
import { type Judged, worstFirst } from './verdicts.ts'

type Pair = readonly [before: Judged, after: Judged]

/**
 * Where the histories of two runs part that came out otherwise, one of each side, or why that is not known. Of several runs, those are
 * taken whose histories are there: first one that Passed beside one that did not.
 */
export async function partingOfRuns(
  id: string,
  [before, after]: readonly [readonly Judged[], readonly Judged[]],
): Promise<Pick<VerdictChange, 'parting' | 'noParting'>> {
  const pairs = before.flatMap((one) => after.map((other): Pair => [one, other])).toSorted((a, b) => rankOf(a) - rankOf(b))
  const otherwise = pairs.filter(([one, other]) => one.result.verdict !== other.result.verdict)
  const hasRun = ({ result }: Judged) => result.verdict !== 'NotSupported'
  const [first] = otherwise
  if (first === undefined) return {}
  const ran = otherwise.filter((pair) => pair.every(hasRun))
  if (ran.length === 0)
    return { noParting: `It did not run in ${idsOf(first.filter((each) => !hasRun(each)))}, so there is one history only.` }
  const isAway = (judged: Judged) => !existsSync(historyFile(judged, id))
  const whole = ran.find((pair) => !pair.some(isAway))
  if (whole === undefined)
    return {
      noParting: `The history of ${idsOf((ran[0] ?? first).filter(isAway))} is not here: it is kept by digest, or by the whole run.`,
    }
  const [history, otherHistory] = [await historyOf(whole[0], id), await historyOf(whole[1], id)]
  if (history === undefined || otherHistory === undefined)
    return { noParting: `The history of ${idsOf([history === undefined ? whole[0] : whole[1]])} cannot be read.` }
  const parting = partingOf(history, otherHistory)
  return parting === undefined
    ? { noParting: 'Both histories tell the same in the same order: what differs is in values that differ in every run, or in time.' }
    : { parting: { runs: { before: idsOf([whole[0]]), after: idsOf([whole[1]]) }, ...parting } }
}

/** What Passed beside what needs a reader first comes first. */
function rankOf([{ result: before }, { result: after }]: Pair): number {
  const isPassed = before.verdict === 'Passed' || after.verdict === 'Passed'
  return (isPassed ? 0 : 100) + 10 * worstFirst.indexOf(after.verdict) + worstFirst.indexOf(before.verdict)
}

function idsOf(judged: readonly Judged[]): string {
  return [...new Set(judged.map(({ run }) => run.report.run.id))].join(' and of ')
}

function historyFile({ run }: Judged, id: string): string {
  return join(run.directory, 'evidence', id, 'history.jsonl')
}

/** The history of a guarantee in a run; undefined where it cannot be read. */
async function historyOf(judged: Judged, id: string): Promise<readonly HistoryEntry[] | undefined> {
  try {
    return (await readJsonLines(historyFile(judged, id))) as HistoryEntry[]
  } catch {
    return undefined
  }
}
