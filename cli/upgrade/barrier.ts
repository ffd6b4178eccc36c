import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { counted } from '../../contract/counted.ts'
import { isReached, upgradePaths, type UpgradeStage, waitingFile, type WaitingSuite } from '../../contract/upgrade.ts'
import { SetupError } from '../../clusters/index.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { Log } from '../../clusters/index.ts'

/** What an upgrade waits for. */
export interface Barrier {
  readonly runDirectory: string
  readonly guarantees: readonly Pick<Guarantee, 'id'>[]
}

/** Guarantees that neither wait for a stage nor are judged already: those that failed before it count as arrived. */
export function stillOnTheirWay(stage: UpgradeStage, { runDirectory, guarantees }: Barrier): readonly string[] {
  const { waiting } = upgradePaths(runDirectory)
  const hasArrived = (id: string) => {
    if (existsSync(join(runDirectory, 'evidence', id, 'verdict.json'))) return true
    const suite = readWaiting(join(waiting, waitingFile(id)))
    return suite !== undefined && isReached(stage, suite.stage)
  }
  return guarantees.flatMap(({ id }) => (hasArrived(id) ? [] : [id]))
}

function readWaiting(file: string): WaitingSuite | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as WaitingSuite) : undefined
}

/** Options of a wait for suites. */
export interface BarrierWait extends Barrier {
  /** Seconds within which they are to arrive. */
  readonly within: number
  readonly log: Log
  readonly signal: AbortSignal
  /** Whether the process of the suites has ended: nobody arrives any more then. */
  readonly ended: () => boolean
  /** Seconds between two looks, and between two lines that name who is missing; 0.5 and 30 when absent. */
  readonly pace?: { readonly look: number; readonly line: number }
}

const usualPace = { look: 0.5, line: 30 }

/**
 * Waits until every suite waits for a stage or is over. Returns whether one still waits: for none, nothing has to be upgraded any more.
 * Throws a `SetupError` that names those that have not arrived in time.
 */
export async function allArrived(stage: UpgradeStage, wait: BarrierWait): Promise<boolean> {
  const { within, log, signal, ended, pace = usualPace } = wait
  const start = Date.now()
  let nextLine = start + pace.line * 1000
  for (;;) {
    signal.throwIfAborted()
    const missing = stillOnTheirWay(stage, wait)
    if (missing.length === 0 || ended()) return !ended() && someoneWaits(wait)
    if (Date.now() > start + within * 1000)
      throw new SetupError(`${counted(missing.length, 'suites')} did not get to "${stage}" within ${within} s: ${missing.join(', ')}.`, {
        fix: 'Read their history.jsonl below evidence/ in the directory of the run.',
      })
    if (Date.now() > nextLine) {
      log(`  waiting for ${missing.join(', ')}`)
      nextLine += pace.line * 1000
    }
    await pause(pace.look * 1000)
  }
}

function someoneWaits({ runDirectory, guarantees }: Barrier): boolean {
  return guarantees.some(({ id }) => !existsSync(join(runDirectory, 'evidence', id, 'verdict.json')))
}
