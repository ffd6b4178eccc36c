import { ownCommand } from '../../contract/distribution.ts'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { lookAtShards, openLogs, type SeenShards, SetupError, type ShardPod } from '../../clusters/index.ts'
import { namespaceOfRun } from '../../contract/shards.ts'
import { failureText } from '../shell/failure.ts'
import { log } from '../shell/log.ts'

/** The shards of a run that is waited for. */
export interface Following {
  readonly place: { readonly kubeconfig: string; readonly context: string }
  readonly runId: string
  /** Directory that gets the log of each Pod. */
  readonly logs: string
  readonly signal: AbortSignal
  readonly times?: FollowTimes
}

/** How long a run is followed, in seconds. */
export interface FollowTimes {
  readonly betweenLooks: number
  /** Until the first shard runs, for the scheduler and the registry. */
  readonly firstRuns: number
  /** Without an answer of the API server. */
  readonly silence: number
}

const usualTimes: FollowTimes = { betweenLooks: 3, firstRuns: 600, silence: 600 }

/**
 * Waits until the Job of a run is over, and tells what its shards say and what becomes of their Pods. Throws a `SetupError` where no shard
 * gets to run, the Job is gone, or the API server stays silent; the run itself goes on then.
 */
export async function followShards(following: Following): Promise<SeenShards> {
  const { place, runId, signal, times = usualTimes } = following
  const reader = openLogs(place, namespaceOfRun(runId))
  const said = new Map<string, string>()
  const started = performance.now()
  let answered = performance.now()
  let hasRun = false
  for (;;) {
    signal.throwIfAborted()
    let seen: SeenShards | undefined
    try {
      seen = await lookAtShards(place, runId)
      answered = performance.now()
      said.delete('api')
    } catch (error) {
      const silence = (performance.now() - answered) / 1000
      if (silence > times.silence) throw unreachable(runId, error)
      sayOnce(said, 'api', `The API server does not answer: ${failureText(error)}; trying on.`)
    }
    if (seen !== undefined) {
      for (const pod of seen.pods) {
        sayOnce(said, pod.uid, stateText(pod))
        if (pod.phase !== 'Pending') await passOn(reader, pod, following.logs)
      }
      hasRun ||= seen.pods.some(({ phase }) => phase !== 'Pending')
      if (seen.job === 'gone') throw new SetupError(`The Job of run ${runId} is gone: somebody deleted it.`)
      if (seen.job !== 'running') return seen
      if (!hasRun && performance.now() - started > times.firstRuns * 1000) throw neverRan(seen, times)
    }
    await pause(times.betweenLooks * 1000, undefined, { signal })
  }
}

/** What becomes of the Pod of a shard, in one line. */
export function stateText({ shard, name, node, phase, trouble }: ShardPod): string {
  const where = node === '' ? '' : ` on ${node}`
  return `Shard ${shard}: Pod ${name}${where} is ${phase}${trouble === undefined ? '' : ` (${trouble})`}.`
}

function sayOnce(said: Map<string, string>, about: string, line: string): void {
  if (said.get(about) !== line) log(line)
  said.set(about, line)
}

/** Prints what a Pod said since, and keeps it. */
async function passOn(reader: ReturnType<typeof openLogs>, { shard, name }: ShardPod, directory: string): Promise<void> {
  const lines = await reader.newLines(name)
  if (lines.length === 0) return
  for (const line of lines) log(`[${shard}] ${line}`)
  appendFileSync(join(directory, `shard-${shard}-${name}.log`), `${lines.join('\n')}\n`)
}

/** No shard got to run, so that there is no evidence. */
export class NeverRan extends SetupError {}

function neverRan({ pods }: SeenShards, { firstRuns }: FollowTimes): NeverRan {
  const why = pods.map(({ trouble }) => trouble).find((each) => each !== undefined) ?? 'the Job has no Pods'
  return new NeverRan(`No shard got to run within ${firstRuns} s: ${why}.`, {
    fix: 'Check that the nodes can pull the image, and that the namespace may have such Pods.',
  })
}

function unreachable(runId: string, cause: unknown): SetupError {
  return new SetupError(`The API server has not answered for too long: the shards of run ${runId} may still be at work.`, {
    fix: `Once it answers: ${ownCommand} retrieve ${namespaceOfRun(runId)} --kubeconfig <file>`,
    cause,
  })
}
