import { expect } from 'vitest'
import type { Check, Condition } from './check.ts'
import { judgeCheck, judgePremise } from './define-check.ts'
import { type ErrorDetails, errorsHere, type Inconclusive, type Violation } from './errors.ts'
import type { HistoryEntry, Mark } from '../history/history-entry.ts'
import type { History } from '../history/history.ts'
import type { JudgementRecord } from '../history/judgement-record.ts'
import { placesOf } from '../history/places.ts'
import type { Limit } from '../platform-limits.ts'
import { catchUpWatches, noteUnwatchedPlaces } from '../watch/catch-up.ts'
import type { Observer } from '../watch/observer.ts'
import { wait } from './wait.ts'
import { windowOf } from './stay-window.ts'

/** What a suite calls a judgement, so that clauses of the ledger can name it. */
export interface Labelled {
  /** Such as `order`; several judgements of one label belong together. */
  readonly as?: string
}

/** Limit of a wait. */
export interface Within extends Labelled {
  /** From the limits of the fixtures: seconds, and where they come from unless from the table. */
  readonly within: Limit
}

/** How long a state must last. */
export interface Staying extends Labelled {
  /** From the limits of the fixtures; one that grows is as long as what was seen in this history demands. */
  readonly for: Limit
  /** The causal mark after which nothing may change; now when absent. */
  readonly after?: Mark
}

interface HoldfastMatchers<R> {
  /** Promised progress: the condition comes true within the limit. Missing it is a violation. */
  toReach(condition: Condition, limit: Within): Promise<R>
  /** Promised absence of change: the condition stays true. Losing it is a violation. */
  toStay(condition: Condition, staying: Staying): Promise<R>
  /** The check upholds the whole history so far, once every watch of what it reads has caught up. */
  toUphold(check: Check, label?: Labelled): Promise<R>
}

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends HoldfastMatchers<R> {}
}

const passed = { pass: true, message: () => '.not is not supported: write a condition or check for the opposite.' }

/** A precondition: waits until the condition holds; missing it is `Inconclusive`, because the guarantee says nothing of it. */
export async function until(observer: Observer, condition: Condition, { within }: Within): Promise<void> {
  const errors = errorsHere(until)
  throwUnlessUpheld(await wait({ verb: 'until', observer, condition, within }), observer.history, errors)
}

/**
 * A premise that a check judges, such as that a call was open when its caller was killed: what is not so is `Inconclusive`, because the
 * guarantee was then not put to the test.
 */
export async function premise(history: History, check: Check): Promise<void> {
  const errors = errorsHere(premise)
  throwUnlessUpheld(await judged('premise', { history, check }), history, errors)
}

async function toReach(observer: Observer, condition: Condition, { within, as: label }: Within) {
  const errors = errorsHere(toReach)
  throwUnlessUpheld(await wait({ verb: 'toReach', observer, condition, within, label }), observer.history, errors)
  return passed
}

async function toStay(observer: Observer, condition: Condition, { for: within, after, as: label }: Staying) {
  const errors = errorsHere(toStay)
  const stay = {
    verb: 'toStay',
    observer,
    condition,
    within: windowOf(within, { condition, history: observer.history }),
    after,
    label,
  } as const
  throwUnlessUpheld(await observer.history.aside(async () => wait(stay)), observer.history, errors)
  return passed
}

async function toUphold(history: History, check: Check, { as: label }: Labelled = {}) {
  const errors = errorsHere(toUphold)
  throwUnlessUpheld(await judged('toUphold', { history, check, label }), history, errors)
  return passed
}

interface CheckToJudge {
  readonly history: History
  readonly check: Check
  readonly label?: string | undefined
}

async function judged(verb: 'toUphold' | 'premise', { history, check, label }: CheckToJudge): Promise<JudgementRecord> {
  const { name, params, description, reads } = check
  const judge = verb === 'premise' ? judgePremise : judgeCheck
  await catchUpWatches(history, reads)
  const { result, places } = placesOf(history.entries, (entries) => judge(check, entries))
  const judgement = noteUnwatchedPlaces(history, reads, places).length === 0 ? result : judge(check, history.entries)
  const record: JudgementRecord = {
    verb,
    ...(label !== undefined && { label }),
    name,
    params,
    description,
    fromSeq: 0,
    untilSeq: history.entries.length,
    reads,
    outcome: judgement.outcome,
    ...(judgement.outcome !== 'upheld' && { reason: judgement.reason }),
  }
  history.judge(record)
  return record
}

interface Errors {
  readonly violation: Violation
  readonly inconclusive: Inconclusive
}

function throwUnlessUpheld(judgement: JudgementRecord, history: History, { violation, inconclusive }: Errors): void {
  if (judgement.outcome === 'upheld') return
  const reason = judgement.reason ?? { summary: `${judgement.description}: no reason was given.` }
  const entries = entriesShown(judgement, history.entries)
  const lastError = lastRefusal(history.entries)
  const details: ErrorDetails = { reason, entries, evidence: history.evidence, lastError }
  throw judgement.outcome === 'violated' ? violation.withDetails(details) : inconclusive.withDetails(details)
}

/** The entries a message shows: those the reason names; for a wait, acts and what its kinds did. */
function entriesShown({ reason, kinds = [], verb, untilSeq }: JudgementRecord, entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const named = new Set(reason?.entries)
  if ((verb === 'toUphold' || verb === 'premise') && named.size > 0) return entries.filter(({ seq }) => named.has(seq))
  return entries
    .slice(0, untilSeq)
    .filter((entry) =>
      entry.type === 'observation' || entry.type === 'gap'
        ? kinds.length === 0 || kinds.includes(entry.kind)
        : entry.type !== 'act' || entry.phase === 'requested',
    )
}

function lastRefusal(entries: readonly HistoryEntry[]): string {
  const refusal = entries.findLast((entry) => entry.type === 'act' && (entry.phase === 'rejected' || entry.phase === 'unknown'))
  return refusal?.type === 'act'
    ? `${refusal.verb} ${refusal.subject.kind} ${refusal.subject.name}: ${refusal.answer?.message ?? 'no answer'}`
    : 'none'
}

expect.extend({ toReach, toStay, toUphold })
