import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Inconclusive, Violation } from './errors.ts'
import { collectEvidence } from './evidence/collect.ts'
import { writeVerdict } from './evidence/write-verdict.ts'
import { removeWorld } from './fixtures/clean-up.ts'
import { type Environment, evidenceOf } from './fixtures/environment.ts'
import type { InjectableFault } from './fixtures/injectable-fault.ts'
import { openUndos } from './fixtures/undos.ts'
import { type Fixtures, openEvidenceHistory, openWorld } from './fixtures/world.ts'
import type { Guarantee } from './guarantee.ts'
import type { ObservedObject } from './history-entry.ts'
import type { KubernetesApi } from './kubernetes/api.ts'
import { countRequests } from './kubernetes/request-count.ts'
import { limits } from './limits.ts'
import type { Reason } from './verdict-record.ts'
import { verdictOf } from './verdict.ts'
import { writeSums } from './verify-evidence.ts'

/** A guarantee being put to the test. */
export interface Trial {
  readonly environment: Environment
  readonly guarantee: Guarantee
  readonly body: (fixtures: Fixtures) => Promise<void> | void
  /** Given for a control whose mutant is injected. */
  readonly fault: InjectableFault | undefined
  /** Aborted when the test runner gives up. */
  readonly signal: AbortSignal
  /** What is done after the verdict, even when the body hangs. */
  readonly cleanUp: AsyncDisposableStack
}

/** Makes the world of a guarantee, runs its body, writes verdict and evidence, and has the world removed. Throws unless it passed. */
export async function putToTheTest({ environment, guarantee, body, fault, signal, cleanUp }: Trial): Promise<void> {
  const startedAt = new Date().toISOString()
  const { path: directory } = evidenceOf(environment, guarantee.id)
  const history = openEvidenceHistory(environment, guarantee.id)
  const watches = new AsyncDisposableStack()
  const undos = openUndos()
  const requests = countRequests()
  const given = AbortSignal.any([signal, AbortSignal.timeout(limits.guarantee * 1000)])
  let made: { readonly api: KubernetesApi; readonly namespace: ObservedObject } | undefined
  let error: unknown

  const conclude = once(async () => {
    await watches.disposeAsync()
    // Before the evidence is collected and the namespace deleted: a node that is paused answers nobody and lets no Pod go.
    await undos[Symbol.asyncDispose]()
    history.close()
    const thrown = error === undefined ? [] : [judgementOf(error)]
    const unjudged = thrown.filter(({ reason }) => !history.judgements.some((judgement) => judgement.reason?.summary === reason.summary))
    const verdict = {
      ...verdictOf([...history.judgements, ...unjudged]),
      startedAt,
      endedAt: new Date().toISOString(),
      ...(made && { namespace: made.namespace.metadata.name }),
      ...(environment.mutant !== undefined && { mutant: environment.mutant }),
      looked: Object.fromEntries(
        Object.entries(Object.groupBy(history.entries, ({ type }) => type)).map(([type, all]) => [type, all.length]),
      ),
      judgements: history.judgements.length,
      requests: requests.sent,
      throttled: requests.throttled,
    }
    writeVerdict({ directory, guarantee, verdict })
    const missing = made
      ? await collectEvidence({
          ...made,
          namespace: made.namespace.metadata.name,
          directory,
          cluster: environment.cluster,
          history: history.entries,
        })
      : []
    writeFindings(directory, { missing, left: undos.left })
    return { ...verdict, missing }
  })

  cleanUp.defer(async () => {
    error ??= signal.reason
    const { missing } = await conclude()
    if (made === undefined) return
    const left = await removeWorld({ api: made.api, cluster: environment.cluster, namespace: made.namespace.metadata.name })
    writeFindings(directory, { missing, left: [...undos.left, ...left] })
    made.api.close()
  })

  try {
    const fixtures = await openWorld({
      environment,
      guarantee,
      history,
      signal: given,
      stack: watches,
      undos,
      fault,
      requests,
      created: (api, namespace) => (made = { api, namespace }),
    })
    await Promise.race([body(fixtures), aborted(given)])
  } catch (thrown) {
    error = thrown
  }
  const { verdict, reasons } = await conclude()
  if (verdict === 'Passed') return
  if (error instanceof Violation || error instanceof Inconclusive) throw error
  const [reason = { summary: `${guarantee.id} is ${verdict} without a reason.` }] = reasons
  throw Object.assign(new Inconclusive('', { cause: error }).tell({ reason }), stackOf(error))
}

/** What of the evidence could not be collected, and what was left after the clean-up: both are findings. */
function writeFindings(directory: string, findings: { readonly missing: readonly string[]; readonly left?: readonly string[] }): void {
  writeFileSync(join(directory, 'findings.json'), `${JSON.stringify(findings, null, 2)}\n`)
  writeSums(directory)
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
