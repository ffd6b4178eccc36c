import { test } from 'vitest'
import { lackingSentence, whyNotApplicable } from '../contract/applicability.ts'
import type { Feature } from '../contract/cluster-record.ts'
import { writeVerdict } from './engine/evidence/write-verdict.ts'
import { evidenceOf, isWanted, readEnvironment } from './engine/fixtures/environment.ts'
import type { Fixtures } from './fixtures/fixtures.ts'
import type { Guarantee, StatedGuarantee } from './engine/guarantee.ts'
import { withExclusiveResources } from './engine/schedule/exclusive-resources.ts'
import { limits } from './engine/limits.ts'
import { releaseLocksAtExit } from './engine/schedule/locks-of-threads.ts'
import { withConcurrencySlot } from './engine/schedule/concurrency-slots.ts'
import { lanesBeyond } from './fixtures/lanes-beyond.ts'
import { runGuarantee } from './fixtures/run-guarantee.ts'
import { writeSums } from './engine/evidence/verify-evidence.ts'
import './engine/judge/matchers.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The guarantee a test puts to the test. */
    guarantee?: Guarantee
  }
}

/** Seconds that a guarantee may wait for its exclusive resources: for all that run alone. */
const exclusiveWait = 30 * 60

/** Nodes and components that one guarantee changes at most: each revert has a limit of its own. */
const reverts = 4

/** What the limit of a guarantee is on the slowest driver that anybody has: its own limit ends it on any other. */
const guaranteeAtMost = 6 * limits.guarantee

/** The runner's own limit, beyond every limit of the harness: it ends a test only when the harness itself hangs. */
const timeout =
  (guaranteeAtMost +
    limits.platformUpgraded +
    reverts * limits.clusterRepaired +
    limits.faultsEnded +
    3 * limits.handlesClosed +
    limits.evidenceCollected +
    2 * limits.digestsWritten +
    limits.clusterLost +
    limits.backupsDeleted +
    limits.bucketDeleted +
    limits.namespaceDeleted +
    exclusiveWait) *
  1000

const guaranteed = test.extend<{ cleanUp: AsyncDisposableStack }>({
  cleanUp: async ({}, use) => {
    await using stack = new AsyncDisposableStack()
    await use(stack)
  },
})

/**
 * Puts a documented sentence to the test on the cluster of this run, next to all others, in a namespace of its own. The body acts,
 * waits and judges; a `Violation` makes the verdict `Failed`, any other error `Inconclusive`. The verdict is written before anything
 * is torn down, the evidence before the namespace is removed.
 */
export function conformance(stated: StatedGuarantee, body: (fixtures: Fixtures) => Promise<void> | void): void {
  if (!isWanted(stated.id)) return
  const guarantee: Guarantee = { mutants: [], ...stated }
  // The title is the id and what is expected stands in the body: both are the guarantee's, not this line's.
  // oxlint-disable-next-line vitest/valid-title, vitest/expect-expect
  guaranteed.concurrent(guarantee.id, { meta: { guarantee }, timeout, retry: 0 }, async ({ cleanUp, signal, skip }) => {
    releaseLocksAtExit()
    const environment = readEnvironment()
    const lacking = guarantee.requires.filter((feature) => !environment.cluster.features.includes(feature))
    const why = whyNotApplicable(guarantee, environment.cluster)
    if (lacking.length > 0 || why !== undefined) skip(recordNotSupported(guarantee, lacking, why))
    const { cluster, mutant } = environment
    // No injector is even loaded in an honest run.
    const fault = mutant === undefined ? undefined : (await import('./faults/open-fault.ts')).faultOf(mutant)
    const { lanes: { firstSlots } = {} } = environment
    const slot = { heavy: cluster.profile === 'velero', sharesCluster: mutant !== undefined, firstSlots }
    const judge = async (lost: readonly AbortSignal[]) => {
      const given = AbortSignal.any([signal, ...lost])
      try {
        await withConcurrencySlot(
          async (aside) => runGuarantee({ environment, guarantee, body, fault, signal: given, cleanUp, aside }),
          slot,
        )
      } finally {
        // What it created may disturb those that wait for the same resource, such as a default class.
        await cleanUp.disposeAsync()
      }
    }
    await withExclusiveResources(guarantee, judge, await lanesBeyond(environment))
  })
}

/** Writes the verdict of a guarantee whose needs the cluster does not meet. Returns why. */
function recordNotSupported(guarantee: Guarantee, lacking: readonly Feature[], notApplicable: string | undefined): string {
  const environment = readEnvironment()
  const { path: directory } = evidenceOf(environment, guarantee.id)
  const { cluster } = environment
  const summary = lacking.length > 0 ? lackingSentence(cluster, lacking) : `It does not apply to cluster ${cluster.name}: ${notApplicable}.`
  const at = new Date().toISOString()
  const verdict = {
    verdict: 'NotSupported',
    reasons: [{ summary }],
    startedAt: at,
    endedAt: at,
    entriesByType: {},
    judgements: 0,
    requests: 0,
  } as const
  writeVerdict({ directory, guarantee, verdict })
  writeSums(directory)
  return summary
}
