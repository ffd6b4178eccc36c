import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { acquireLease, contextOfPod, otherPodsOfShard, SetupError } from '../../clusters/index.ts'
import { counted } from '../../contract/counted.ts'
import { holderOfRun, lanesVariable, type LanesOfRun, namespaceOfRun, type ShardPlan, type ShardStart } from '../../contract/shards.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { runSuites } from '../run/run-suites.ts'
import { writeJson } from '../run/run-directory.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { failureText } from '../shell/failure.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import { assignGuarantees } from './assign-guarantees.ts'
import { type EvidenceStore, resultsFile, startFile } from './evidence-store.ts'
import { openPublisher, type Publisher } from './publish-evidence.ts'
import { kubeconfigOf, prepareDirectory, readPlan, type ShardPlace } from './shard-place.ts'

/** Seconds between two looks at which guarantees have ended. */
const betweenLooks = 2

/** Seconds that interrupted suites have to clean up: less than the grace period of the Pod. */
const cleanedUpWithin = 40

/** Slots of all shards together, as one machine has them. */
const slotsOfMachine = 3

/**
 * Runs one shard of a run in its Pod: those of its guarantees whose evidence is not there yet. Succeeds once that of all of them is; else
 * the Job starts the shard again.
 */
export async function runShard(place: ShardPlace, store: EvidenceStore): Promise<ExitCode> {
  return withInterruption(async ({ signal }) => {
    const plan = readPlan(place)
    const mine = assignGuarantees(plan)[place.shard] ?? []
    log(`Shard ${place.shard} of ${plan.shards} of run ${plan.runId}, Pod ${place.pod} on ${place.node}.`)
    await untilAlone(place, plan, signal)
    const missing = await missingOf(mine, store)
    log(missingText(mine, missing))
    const start: ShardStart = {
      ...{ shard: place.shard, pod: place.pod, uid: place.uid, node: place.node },
      ...{ startedAt: new Date().toISOString(), guarantees: missing },
    }
    const noteStart = async (ended: Pick<ShardStart, 'endedAt'> = {}) =>
      store.write(startFile(place.shard, place.uid), `${JSON.stringify({ ...start, ...ended }, null, 2)}\n`)
    await noteStart().catch(cannotKeep)
    if (missing.length > 0) await runMissing({ place, plan, missing, store, signal })
    await noteStart({ endedAt: new Date().toISOString() })
    const left = await missingOf(mine, store)
    if (left.length === 0) {
      log(`Shard ${place.shard} is done: the evidence of ${counted(mine.length, 'guarantees')} is kept.`)
      return exitCodes.success
    }
    log(`Shard ${place.shard} ends without the evidence of ${left.join(', ')}: the Job starts it again.`)
    return exitCodes.partial
  }, 'stopping the shard; what is judged is kept, the rest runs again')
}

/** Nothing is judged whose evidence could not be kept. */
function cannotKeep(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause)
  throw new SetupError(`Evidence cannot be kept, as user ${process.getuid?.() ?? ''} of this Pod: ${why}.`, {
    fix: 'Name a StorageClass whose volumes take the group of a Pod with --evidence-class.',
    cause,
  })
}

/** Those of the guarantees whose evidence is not there. */
export async function missingOf(ids: readonly string[], store: EvidenceStore): Promise<readonly string[]> {
  const missing: string[] = []
  for (const id of ids) if (!(await store.has(id))) missing.push(id)
  return missing
}

/** What a shard says of its part when it starts. */
export function missingText(mine: readonly string[], missing: readonly string[]): string {
  if (mine.length === 0) return 'It has no guarantees: there are more shards than guarantees.'
  if (missing.length === mine.length) return `It runs ${counted(mine.length, 'guarantees')}.`
  return (
    `It was started before: the evidence of ${mine.length - missing.length} of ${counted(mine.length, 'guarantees')} is there. ` +
    `It runs ${missing.length === 0 ? 'nothing more' : missing.join(', ')}.`
  )
}

/** An earlier Pod of the shard that is being stopped still cleans up: two would run the same guarantees. */
async function untilAlone(place: ShardPlace, { runId }: ShardPlan, signal: AbortSignal): Promise<void> {
  const reached = { kubeconfig: kubeconfigOf(place), context: contextOfPod }
  let said = ''
  for (;;) {
    signal.throwIfAborted()
    const others = await otherPodsOfShard(reached, { runId, shard: place.shard, uid: place.uid })
    if (others.length === 0) return
    const saying = `Waiting for the end of ${others.join(', ')}, an earlier start of this shard.`
    if (saying !== said) log(saying)
    said = saying
    await pause(betweenLooks * 1000, undefined, { signal })
  }
}

interface Missing {
  readonly place: ShardPlace
  readonly plan: ShardPlan
  readonly missing: readonly string[]
  readonly store: EvidenceStore
  readonly signal: AbortSignal
}

async function runMissing({ place, plan, missing, store, signal }: Missing): Promise<void> {
  const { directory, cluster, clusterFile } = prepareDirectory(place, plan)
  const catalogue = readCatalogue(projectRoot)
  const guarantees = selectGuarantees(catalogue, missing)
  writeJson(join(directory, 'guarantees.json'), guarantees)
  const lost = () => void process.kill(process.pid, 'SIGTERM')
  await using stack = new AsyncDisposableStack()
  const { runId } = plan
  stack.use(await acquireLease(cluster, { runId, log, signal, lost, holder: holderOfRun(runId), leave: true }))
  const publisher = openPublisher({ directory, guarantees: missing, store })
  const over = new AbortController()
  const publishing = publishUntil(over.signal, publisher)
  const lanes: LanesOfRun = {
    namespace: namespaceOfRun(plan.runId),
    holder: place.uid,
    anyDisruptive: plan.guarantees.some(({ disruptive }) => disruptive === true),
    firstSlots: Math.max(1, Math.floor(slotsOfMachine / plan.shards)),
  }
  try {
    await runSuites({
      ...{ directory, cluster: clusterFile, catalogue, guarantees, signal, graceSeconds: cleanedUpWithin },
      ...{ keepFailed: plan.keepFailed, environment: { [lanesVariable]: JSON.stringify(lanes) } },
    })
  } finally {
    over.abort()
    await publishing
    await publisher.publish({ atLast: true })
    await keepResults(place, directory, store)
  }
}

async function publishUntil(over: AbortSignal, publisher: Publisher): Promise<void> {
  while (!over.aborted) {
    await pause(betweenLooks * 1000, undefined, { signal: over }).catch(() => undefined)
    await publisher.publish()
  }
}

/** Without them a report lacks why a suite broke that left no verdict, and nothing else. */
async function keepResults({ shard, uid }: ShardPlace, directory: string, store: EvidenceStore): Promise<void> {
  try {
    await store.write(resultsFile(shard, uid), readFileSync(join(directory, 'results.json'), 'utf8'))
  } catch (error) {
    log(`What Vitest said could not be kept: ${failureText(error)}`)
  }
}
