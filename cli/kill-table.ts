import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import type { VerdictName, VerdictRecord } from '../harness/verdict-record.ts'
import { mutantEffect } from './mutant-effect.ts'
import { table } from './table.ts'

/** What one guarantee said under one mutant. */
export interface KillRow {
  readonly mutant: string
  readonly guarantee: string
  readonly verdict: VerdictName | 'none'
  /** First reason in one line. */
  readonly reason: string
  /** Where the evidence shows the mutant in force; empty when nowhere. */
  readonly effect: string
  /** Whether the guarantee said Failed, for a reason, while the mutant was really in force. */
  readonly killed: boolean
}

/** `sensitivity.json`: the kill table of a run. */
export interface Sensitivity {
  readonly schemaVersion: 1
  readonly rows: readonly KillRow[]
}

/** What is to be read of one guarantee under one mutant. */
export interface KillPlace {
  readonly mutant: string
  readonly guarantee: string
  /** Directory of the mutant's run, which holds `evidence/`. */
  readonly directory: string
}

/** Reads one row of the kill table from the evidence. */
export function killRow({ mutant, guarantee, directory }: KillPlace): KillRow {
  const evidence = join(directory, 'evidence', guarantee)
  const path = join(evidence, 'verdict.json')
  const record = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as VerdictRecord) : undefined
  const reason = record === undefined ? 'No verdict was written.' : (record.reasons[0]?.summary.split('\n')[0] ?? '')
  const effect = mutantEffect(evidence, mutant, locationOf(directory, mutant)) ?? ''
  const verdict = record?.verdict ?? 'none'
  return { mutant, guarantee, verdict, reason, effect, killed: verdict === 'Failed' && reason !== '' && effect !== '' }
}

/** The BackupStorageLocation that carries a mutant on the cluster of its run. */
function locationOf(directory: string, mutant: string): string | undefined {
  const path = join(directory, 'cluster.json')
  const record = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<ClusterRecord>) : undefined
  return record?.velero?.faultyLocations[mutant]
}

/** The kill table for the terminal. */
export function killTable(rows: readonly KillRow[]): readonly string[] {
  const lines = rows.map(({ mutant, guarantee, verdict, reason, effect, killed }) => [
    killed ? 'killed' : 'ALIVE',
    mutant,
    guarantee,
    verdict,
    verdict === 'Failed' && effect === '' ? 'the mutant left no trace of being in force' : reason,
  ])
  return table([['', 'mutant', 'guarantee', 'verdict', 'first line'], ...lines])
}
