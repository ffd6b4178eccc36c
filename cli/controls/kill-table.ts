import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MutantName } from '../../clusters/mutants/catalogue.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { JudgementRecord } from '../../harness/engine/history/judgement-record.ts'
import type { VerdictName, VerdictRecord } from '../../harness/engine/judge/verdict-record.ts'
import type { Outcome } from '../budget/stages.ts'
import { whyAlive } from '../kills/why-alive.ts'
import { mutantEffect } from './mutant-effect.ts'
import { table } from '../shell/table.ts'

/** Verdict of one guarantee under one mutant. */
export interface KillRow {
  readonly mutant: string
  /** Component of Kubernetes that the mutant is compiled into; absent for a mutant of anything else. */
  readonly component?: string
  readonly guarantee: string
  readonly verdict: VerdictName | 'none'
  /** First reason in one line. */
  readonly reason: string
  /** Where the evidence shows the mutant in force; empty when nowhere. */
  readonly effect: string
  /** Verb and name of the judgement that failed first, `toUphold bound-to`; empty when none did. */
  readonly killedBy: string
  /** Whether a judgement that names what it saw made the guarantee Failed while the mutant was really in force. */
  readonly killed: boolean
  /** Seconds from the start of the guarantee to its verdict; absent where there is none. */
  readonly seconds?: number
  /** When the verdict was there; absent where there is none. */
  readonly endedAt?: string
  /** Why nothing can tell the mutant from what is not broken; absent where a guarantee must. */
  readonly equivalent?: string | undefined
}

/** `sensitivity.json`: the kill table of a run. */
export interface Sensitivity {
  readonly schemaVersion: 1
  readonly rows: readonly KillRow[]
}

/** Where the evidence of one guarantee under one mutant is. */
export type KillPlace = {
  readonly guarantee: string
  /** Directory of the mutant's run, which holds `evidence/`. */
  readonly directory: string
} & (
  | { readonly mutant: MutantName }
  /** A mutant that is in no evidence of the guarantee: whoever puts it in force knows its effect, which is empty where there was none. */
  | { readonly mutant: string; readonly effect: string }
)

/** Reads one row of the kill table from the evidence. */
export function killRow(place: KillPlace): KillRow {
  const { mutant, guarantee, directory } = place
  const evidence = join(directory, 'evidence', guarantee)
  const path = join(evidence, 'verdict.json')
  const record = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as VerdictRecord) : undefined
  const reason = record === undefined ? 'No verdict was written.' : (record.reasons[0]?.summary.split('\n')[0] ?? '')
  const effect = 'effect' in place ? place.effect : (mutantEffect(evidence, place.mutant, locationOf(directory, place.mutant)) ?? '')
  const verdict = record?.verdict ?? 'none'
  const failed = firstFailed(evidence)
  const killedBy = failed === undefined ? '' : `${failed.verb} ${failed.name}${failed.timedOut === true ? ', out of time' : ''}`
  const killed = verdict === 'Failed' && reason !== '' && effect !== '' && failed !== undefined && statesObservation(failed)
  const times = record !== undefined && { seconds: secondsTo(record), endedAt: record.endedAt }
  return { mutant, guarantee, verdict, reason, effect, killedBy, killed, ...times }
}

function secondsTo({ startedAt, endedAt }: VerdictRecord): number {
  return Math.round((new Date(endedAt).getTime() - new Date(startedAt).getTime()) / 100) / 10
}

/** The judgement by which a guarantee failed: what comes after it is not judged any more. */
function firstFailed(evidence: string): JudgementRecord | undefined {
  const path = join(evidence, 'judgements.jsonl')
  if (!existsSync(path)) return undefined
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as JudgementRecord).find(({ outcome }) => outcome === 'violated')
}

/** A wait that merely ran out of time shows that something was slow. It counts where it says what was there instead. */
function statesObservation({ timedOut, reason }: JudgementRecord): boolean {
  return timedOut !== true || (reason?.actual ?? '') !== ''
}

/** The BackupStorageLocation that carries a mutant on the cluster of its run. */
function locationOf(directory: string, mutant: MutantName): string | undefined {
  const path = join(directory, 'cluster.json')
  const record = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<ClusterRecord>) : undefined
  return record?.velero?.faultyLocations[mutant]
}

/** The kill table for the terminal. */
export function killTable(rows: readonly KillRow[]): readonly string[] {
  const lines = rows.map(({ mutant, guarantee, verdict, reason, effect, killedBy, killed, seconds, equivalent }) => [
    outcomeOf({ killed, equivalent }),
    mutant,
    guarantee,
    verdict,
    seconds === undefined ? '' : `${Math.round(seconds)} s`,
    killedBy,
    killed ? reason : (equivalent ?? whyAlive({ verdict, reason, effect, killedBy })),
  ])
  return table([['', 'mutant', 'guarantee', 'verdict', 'after', 'judgement', 'first line'], ...lines])
}

/** What became of a mutant, in a word. */
export function outcomeOf({ killed, equivalent }: Pick<KillRow, 'killed' | 'equivalent'>): 'killed' | 'equivalent' | 'ALIVE' {
  if (killed) return 'killed'
  return equivalent === undefined ? 'ALIVE' : 'equivalent'
}

/**
 * Counts mutants as tests: one that is noticed, or that nothing can notice, has passed. Those that are alive are named, with the reason.
 */
export function countKills(rows: readonly KillRow[]): Outcome {
  const alive = rows.filter((row) => outcomeOf(row) === 'ALIVE')
  const failedTests = alive.map((row) => ({ name: `${row.mutant} ${row.guarantee}`, message: `alive: ${whyAlive(row)}` }))
  return { passed: rows.length - alive.length, failed: alive.length, skipped: 0, failedTests }
}
