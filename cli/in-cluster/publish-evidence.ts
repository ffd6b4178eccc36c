import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { interruptedReason } from '../../contract/interrupted-reason.ts'
import { requestsFile, type RequestsOfGuarantee } from '../../contract/rights.ts'
import { digestProblems } from '../../reports/model/run-files.ts'
import { failureText } from '../shell/failure.ts'
import { log } from '../shell/log.ts'
import type { EvidenceStore } from './evidence-store.ts'

/** Evidence of one start of a shard, on its way to where that of all shards is kept. */
export interface Publishing {
  /** Directory of the run in the Pod. */
  readonly directory: string
  readonly guarantees: readonly string[]
  readonly store: EvidenceStore
}

/** Keeps the evidence of guarantees as they end. */
export interface Publisher {
  /** Guarantees whose evidence is kept. */
  readonly kept: ReadonlySet<string>
  /** Keeps what has ended since. `atLast` includes guarantees that could not clean up after their verdict. */
  publish(options?: { readonly atLast?: boolean }): Promise<void>
}

/** Opens a publisher. What cannot be kept is tried again the next time. */
export function openPublisher({ directory, guarantees, store }: Publishing): Publisher {
  const kept = new Set<string>()
  return {
    kept,
    async publish({ atLast = false } = {}) {
      for (const id of guarantees) {
        const folder = join(directory, 'evidence', id)
        if (kept.has(id) || !(atLast ? wasJudged(folder) : hasEnded(folder))) continue
        try {
          await store.keep(id, folder)
          kept.add(id)
        } catch (error) {
          log(`The evidence of ${id} could not be kept yet: ${failureText(error)}`)
        }
      }
    },
  }
}

/** Whether a guarantee was judged. One that was interrupted was not: it is run again. */
function wasJudged(folder: string): boolean {
  const verdict = readJson(join(folder, 'verdict.json')) as { readonly reasons: readonly { readonly summary: string }[] } | undefined
  return verdict !== undefined && !verdict.reasons.some(({ summary }) => summary === interruptedReason)
}

/** Whether a guarantee was judged and nothing more is written about it. */
function hasEnded(folder: string): boolean {
  if (!wasJudged(folder) || digestProblems(folder)?.length !== 0) return false
  const requests = readJson(join(folder, requestsFile)) as RequestsOfGuarantee | undefined
  // One that the cluster does not support sends none.
  return requests === undefined ? !existsSync(join(folder, 'history.jsonl')) : requests.complete
}

/** Undefined for a file that is not there, or is being written. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
