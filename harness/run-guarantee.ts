import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from './causes.ts'
import { Inconclusive, Violation } from './errors.ts'
import { collectEvidence } from './evidence/collect.ts'
import { writeVerdict } from './evidence/write-verdict.ts'
import { ownedCleanUpSteps } from './fixtures/clean-up.ts'
import { type Environment, evidenceOf } from './fixtures/environment.ts'
import type { InjectableFault } from './fixtures/injectable-fault.ts'
import { openReverts } from './fixtures/reverts.ts'
import { ownNothing } from './fixtures/owned.ts'
import { type Fixtures, openEvidenceHistory, openFixtures } from './fixtures/world.ts'
import type { Guarantee } from './guarantee.ts'
import type { History } from './history.ts'
import { countRequests } from './kubernetes/request-count.ts'
import { limits } from './limits.ts'
import { inTurn, tearDown, type TearDownStep } from './tear-down.ts'
import type { Reason } from './verdict-record.ts'
import { verdictOf } from './verdict.ts'
import { writeSums } from './verify-evidence.ts'

/** One guarantee that is run on a cluster. */
export interface GuaranteeRun {
  readonly environment: Environment
  readonly guarantee: Guarantee
  readonly body: (fixtures: Fixtures) => Promise<void> | void
  /** Given for a control whose mutant is injected. */
  readonly fault?: InjectableFault | undefined
  /** Aborted when the test runner gives up. */
  readonly signal: AbortSignal
  /** Removes what the guarantee made, after the verdict, even when the body hangs. */
  readonly cleanUp: AsyncDisposableStack
  /** Sees each step of the tear-down before it is taken, and may replace it: this is how tests break one step after the other. */
  readonly through?: (step: TearDownStep) => TearDownStep
}

/**
 * Runs a guarantee: opens its fixtures, runs its body, gives the verdict, then tears down. The verdict is on disk before anything is torn
 * down, and nothing that happens afterwards changes it: what goes wrong there is a finding. Throws unless the guarantee passed.
 */
export async function runGuarantee(run: GuaranteeRun): Promise<void> {
  const { environment, guarantee, body, fault, signal, cleanUp, through = (step) => step } = run
  const startedAt = new Date().toISOString()
  const { path: directory } = evidenceOf(environment, guarantee.id)
  const history = openEvidenceHistory(environment, guarantee.id)
  const [stack, faults] = [new AsyncDisposableStack(), new AsyncDisposableStack()]
  const [reverts, owned, requests] = [openReverts(), ownNothing(), countRequests()]
  const over = new AbortController()
  const given = AbortSignal.any([signal, AbortSignal.timeout(limits.guarantee * 1000), over.signal])
  const findings: string[] = []
  let isWritten = false
  let error: unknown

  const give = () => {
    history.seal()
    // A body that was given up, or a part of it that nobody waited for, can do nothing more from here on.
    over.abort(new Error('The guarantee is over.'))
    const verdict = {
      ...judged(history, error),
      startedAt,
      endedAt: new Date().toISOString(),
      ...(owned.namespace && { namespace: owned.namespace.name }),
      ...(environment.mutant !== undefined && { mutant: environment.mutant }),
      looked: lookedAt(history),
      judgements: history.judgements.length,
      requests: requests.sent,
      throttled: requests.throttled,
    }
    try {
      writeVerdict({ directory, guarantee, verdict })
      isWritten = true
    } catch (cause) {
      findings.push(`The verdict could not be written: ${messageOf(cause)}`)
    }
    return verdict
  }
  const take = async (steps: readonly TearDownStep[]) => void findings.push(...(await tearDown(steps.map(through))))
  const keepFindings: TearDownStep = {
    name: 'Writing findings and digests',
    limit: limits.digestsWritten,
    run: async () => writeFindings(directory, [...history.findings, ...findings]),
  }
  const conclude = once(async () => {
    const verdict = give()
    await take([{ name: 'Ending the injection of faults', limit: limits.faultsEnded, run: async () => faults.disposeAsync() }])
    // A node that is paused answers nobody and lets no Pod go: it is there again before evidence is collected and namespaces are deleted.
    await take(reverts.take())
    await take([
      { name: 'Closing the watches', limit: limits.handlesClosed, run: async () => stack.disposeAsync() },
      { name: 'Closing the history', limit: limits.handlesClosed, run: () => history.close() },
    ])
    await take([{ name: 'Collecting the evidence', limit: limits.evidenceCollected, run: evidence }])
    await take([keepFindings])
    return verdict
  })
  const evidence: TearDownStep['run'] = async (late) => {
    const { api, namespace } = owned
    if (api === undefined || namespace === undefined) return []
    const { cluster } = environment
    return collectEvidence({ api, namespace: namespace.name, directory, cluster, history: history.entries, signal: late })
  }
  cleanUp.defer(async () => {
    error ??= signal.reason
    await conclude()
    await take(ownedCleanUpSteps(owned, environment.cluster))
    await take([keepFindings])
  })

  const work = async () =>
    body(await openFixtures({ environment, guarantee, history, signal: given, stack, faults, reverts, fault, requests, owned }))
  try {
    await Promise.race([work(), aborted(given)])
  } catch (thrown) {
    error = thrown
  }
  const { verdict, reasons } = await conclude()
  if (verdict === 'Passed' && isWritten) return
  if (error instanceof Violation || error instanceof Inconclusive) throw error
  const [reason = { summary: findings[0] ?? `${guarantee.id} is ${verdict} without a reason.` }] = reasons
  throw Object.assign(new Inconclusive('', { cause: error }).tell({ reason }), stackOf(error))
}

/** The verdict over all that was judged, and over the error that ended the body where it is none of the judgements. */
function judged(history: History, error: unknown): ReturnType<typeof verdictOf> {
  const thrown = error === undefined ? [] : [judgementOf(error)]
  const unjudged = thrown.filter(({ reason }) => !history.judgements.some((judgement) => judgement.reason?.summary === reason.summary))
  return verdictOf([...history.judgements, ...unjudged])
}

/** How many entries of each type the history holds. */
function lookedAt({ entries }: History): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(Object.groupBy(entries, ({ type }) => type)).map(([type, all]) => [type, all.length]))
}

/** Writes what went wrong beside the verdict, then the digests of all that there is. */
async function writeFindings(directory: string, findings: readonly string[]): Promise<readonly string[]> {
  return inTurn({
    'Writing findings.json': async () => writeFileSync(join(directory, 'findings.json'), `${JSON.stringify({ findings }, null, 2)}\n`),
    'Writing SHA256SUMS': async () => writeSums(directory),
  })
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined
  return async () => (made ??= make())
}

async function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const refuse = () => reject(signal.reason)
    signal.addEventListener('abort', refuse)
    if (signal.aborted) refuse()
  })
}

/** What an error that ended the body means for the verdict. */
function judgementOf(error: unknown) {
  const outcome = error instanceof Violation ? 'violated' : 'inconclusive'
  return { outcome, description: 'The body of the guarantee', reason: error instanceof Violation ? error.reason : reasonOf(error) } as const
}

function reasonOf(error: unknown): Reason {
  if (error instanceof Inconclusive) return error.reason
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return { summary: `The guarantee was not judged within ${limits.guarantee} s.` }
  if (!(error instanceof Error)) return { summary: `The suite broke: ${String(error)}` }
  const [firstLine = ''] = error.message.split('\n')
  return { summary: error.name === 'ApiError' ? firstLine : `The suite broke: ${error.name}: ${firstLine}` }
}

/** The stack of what broke without the frames of the harness, so that it begins in the suite. */
function stackOf(error: unknown): { stack?: string } {
  if (!(error instanceof Error) || error.stack === undefined) return {}
  const lines = error.stack.split('\n')
  const begin = lines.findIndex((line) => line.startsWith('    at ') && !line.includes('/harness/'))
  return { stack: begin === -1 ? error.stack : [`Inconclusive: ${error.message}`, ...lines.slice(begin)].join('\n') }
}
