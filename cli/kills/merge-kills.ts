import type { DeclaredPair } from './declared-pairs.ts'
import { type KillRecord, minorOf, newest, pairKey } from './kill-record.ts'

/**
 * The latest result of each pair on each minor of Kubernetes. One that is no proof either way, such as `Inconclusive`, is kept only where
 * there is no other. What was written by hand on a pair and minor stays.
 */
export function mergeKills(old: readonly KillRecord[], recent: readonly KillRecord[]): readonly KillRecord[] {
  const groups = Map.groupBy([...old, ...recent], (one) => `${pairKey(one)} ${minorOf(one.kubernetes)}`)
  return [...groups.values()].flatMap((group) => {
    const latest = newest(group.filter(isProof)) ?? newest(group)
    const firstSurvived = group.find((one) => one.firstSurvived !== undefined)?.firstSurvived
    return latest === undefined ? [] : [{ ...latest, ...(firstSurvived && { firstSurvived }) }]
  })
}

function isProof(record: KillRecord): boolean {
  return record.outcome === 'killed' || record.verdict === 'Passed' || record.verdict === 'Failed'
}

/** Records that agree with what is declared now. */
export interface Reconciled {
  readonly kept: readonly KillRecord[]
  /** Those of pairs that nobody declares any more. */
  readonly dropped: readonly KillRecord[]
}

/** Takes over which mutants count as equivalent now, and tells records of pairs apart that nobody declares any more. */
export function reconcile(records: readonly KillRecord[], pairs: readonly DeclaredPair[]): Reconciled {
  const declared = new Map(pairs.map((pair) => [pairKey(pair), pair]))
  const known = (one: KillRecord) => declared.has(pairKey(one))
  return {
    kept: records.filter(known).map((one) => asDeclared(one, declared.get(pairKey(one))?.equivalent)),
    dropped: records.filter((one) => !known(one)),
  }
}

function asDeclared(record: KillRecord, equivalent: string | undefined): KillRecord {
  if (record.outcome === 'killed') return record
  if (equivalent !== undefined) return { ...record, outcome: 'equivalent', why: equivalent }
  if (record.outcome === 'alive') return record
  return { ...record, outcome: 'alive', why: `it came out ${record.verdict}, and no longer counts as equivalent` }
}

/** What is wrong with stored records, a sentence each. */
export function killFaults(records: readonly KillRecord[], pairs: readonly DeclaredPair[]): readonly string[] {
  const declared = new Map(pairs.map((pair) => [pairKey(pair), pair]))
  const [guarantees, mutants] = [new Set(pairs.map(({ guarantee }) => guarantee)), new Set(pairs.map(({ mutant }) => mutant))]
  const seen = new Set<string>()
  return records.flatMap((one) => {
    const { guarantee, mutant, component, outcome, kubernetes } = one
    const name = `${mutant}${component === undefined ? '' : ` in ${component}`}`
    const key = `${pairKey(one)} ${minorOf(kubernetes)}`
    const isRepeated = seen.has(key)
    seen.add(key)
    if (isRepeated) return [`Guarantee ${guarantee} and mutant ${name} have two records of the same minor of ${kubernetes}.`]
    if (!guarantees.has(guarantee)) return [`A record names guarantee ${guarantee}, which does not exist.`]
    if (!mutants.has(mutant)) return [`A record of guarantee ${guarantee} names mutant ${name}, which does not exist.`]
    const pair = declared.get(pairKey(one))
    if (pair === undefined) return [`A record says that mutant ${name} must break ${guarantee}, which neither of them declares.`]
    if (outcome === 'alive' && pair.equivalent !== undefined) return [`Mutant ${name} is recorded as alive, but counts as equivalent.`]
    if (outcome !== 'equivalent' || one.why === pair.equivalent) return []
    return [`Mutant ${name} is recorded as equivalent for another reason than the one that its description gives.`]
  })
}
