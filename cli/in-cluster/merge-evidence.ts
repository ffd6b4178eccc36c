import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { counted } from '../../contract/counted.ts'
import type { ShardPlan, ShardStart } from '../../contract/shards.ts'
import type { Results } from '../../reports/model/guarantee-files.ts'
import type { ShardsOfRun } from '../../reports/model/run-record.ts'
import { writeJson } from '../run/run-directory.ts'
import { assignGuarantees } from './assign-guarantees.ts'

/** Evidence of all shards, as it was read out of their cluster. */
export interface ReadEvidence {
  readonly plan: ShardPlan
  /** Directory that it was unpacked to. */
  readonly unpacked: string
  /** Directory of the run, which gets it. */
  readonly directory: string
}

/** What a run over shards came to. */
export interface MergedEvidence {
  readonly shards: ShardsOfRun
  /** What was lost and run again, and what never ended; a sentence each. */
  readonly findings: readonly string[]
}

/** Puts the evidence of all shards into the directory of their run, and what Vitest said into its `results.json`. */
export function mergeEvidence({ plan, unpacked, directory }: ReadEvidence): MergedEvidence {
  mkdirSync(join(directory, 'evidence'), { recursive: true })
  const assigned = assignGuarantees(plan)
  for (const id of assigned.flat()) {
    const from = join(unpacked, 'evidence', id)
    if (!existsSync(from)) continue
    // A collector that was killed may have copied a part.
    rmSync(join(directory, 'evidence', id), { recursive: true, force: true })
    cpSync(from, join(directory, 'evidence', id), { recursive: true })
  }
  const starts = startsIn(unpacked)
  const shards = assigned.map((ids, shard) => ({
    shard,
    guarantees: ids.length,
    starts: starts
      .filter((start) => start.shard === shard)
      .map(({ pod, node, startedAt, endedAt, guarantees }) => ({
        ...{ pod, node, startedAt, ...(endedAt !== undefined && { endedAt }) },
        guarantees: guarantees.length,
      })),
  }))
  const missing = (ids: readonly string[]) => ids.filter((id) => !existsSync(join(directory, 'evidence', id, 'verdict.json')))
  const findings = assigned.flatMap((ids, shard) => findingsOf({ shard, ids, missing: missing(ids), starts }))
  const unsaid = findings.filter(({ kind }) => kind === 'without evidence')
  writeJson(join(directory, 'results.json'), mergedResults(unpacked, starts, sentences(unsaid)))
  return { shards, findings: sentences(findings) }
}

/** Every start of a shard that left a note, oldest first. */
function startsIn(unpacked: string): readonly ShardStart[] {
  const files = globSync('shards/*/*.json', { cwd: unpacked }).filter((file) => !file.endsWith('.results.json'))
  const starts = files.map((file) => JSON.parse(readFileSync(join(unpacked, file), 'utf8')) as ShardStart)
  return starts.toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1))
}

/** What a shard did that is told: it was started again, or guarantees of it have no evidence. */
interface ShardFinding {
  readonly kind: 'started again' | 'without evidence'
  readonly sentence: string
}

function sentences(findings: readonly ShardFinding[]): readonly string[] {
  return findings.map(({ sentence }) => sentence)
}

interface ShardEnd {
  readonly shard: number
  readonly ids: readonly string[]
  /** Guarantees without evidence. */
  readonly missing: readonly string[]
  readonly starts: readonly ShardStart[]
}

function findingsOf({ shard, ids, missing, starts: all }: ShardEnd): readonly ShardFinding[] {
  const starts = all.filter((start) => start.shard === shard)
  const again = starts.slice(1).map(({ node, guarantees }, place): ShardFinding => {
    const before = starts[place]
    const how = before?.endedAt === undefined ? 'was lost' : 'ended early'
    const run =
      guarantees.length === 0 ? 'nothing was missing' : `it ran ${counted(guarantees.length, 'guarantees')} there: ${guarantees.join(', ')}`
    const sentence = `Shard ${shard} ${how} on ${before?.node ?? ''} and was started again on ${node}; ${run}.`
    return { kind: 'started again', sentence }
  })
  if (missing.length === 0) return again
  const how = starts.length === 0 ? 'never started' : `did not end with all of its ${counted(ids.length, 'guarantees')}`
  return [...again, { kind: 'without evidence', sentence: `Shard ${shard} ${how}: there is no evidence of ${missing.join(', ')}.` }]
}

/** Of a guarantee that several starts ran, what the last one says. `unsaid` stands for what no start could say, a sentence each. */
function mergedResults(unpacked: string, starts: readonly ShardStart[], unsaid: readonly string[]): Results {
  const byId = new Map<string, Results['results'][number]>()
  const outside: string[] = []
  for (const { shard, uid } of starts) {
    const path = join(unpacked, 'shards', String(shard), `${uid}.results.json`)
    if (!existsSync(path)) continue
    const { results, errorsOutsideTests } = JSON.parse(readFileSync(path, 'utf8')) as Results
    for (const result of results) byId.set(result.id, result)
    outside.push(...errorsOutsideTests)
  }
  return { results: [...byId.values()], errorsOutsideTests: [...outside, ...unsaid] }
}
