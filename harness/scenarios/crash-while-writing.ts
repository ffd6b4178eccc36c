import { podBack, podNow } from '../vocabulary/conditions.ts'
import type { Counter } from '../vocabulary/database/counter-in.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { until } from '../engine/judge/matchers.ts'
import { killServer } from '../vocabulary/objects.ts'
import { catchUpOn } from '../engine/judge/catch-up-on.ts'
import type { Observer } from '../engine/watch/observer.ts'
import { pause } from '../engine/pause.ts'

/** A server of a StatefulSet that crashes again and again while it is written to. */
export interface CrashOptions {
  readonly fixtures: Pick<ScenarioFixtures, 'namespace' | 'history' | 'limits' | 'measure'>
  readonly pod: string
  readonly counter: Pick<Counter, 'progress' | 'position'>
  /** How often its server is killed, and as often its Pod deleted. */
  readonly rounds: number
}

/** Longest time, in seconds, between a server that is back and the next crash. */
const longestPause = 2

/**
 * Kills the server of a Pod, and deletes the Pod, in turn: each at a random moment once it is written to again. Returns when it is back for
 * the last time, or as soon as it is written to no more. The history has each crash, and what was acknowledged before it.
 */
export async function crashWhileWriting(pods: Observer, { fixtures, pod, counter, rounds }: CrashOptions): Promise<void> {
  const { namespace, history, limits, measure } = fixtures
  const crashes = {
    'server killed': async () => namespace.exec(pod, killServer),
    'Pod deleted': async () => namespace.delete({ kind: 'Pod', name: pod }),
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const [what, crash] of Object.entries(crashes)) {
      if (!(await counter.progress())) return
      const seconds = Math.random() * longestPause
      await pause(seconds, pods.signal)
      await catchUpOn(history, ['Pod'])
      const before = podNow(history.entries, pod) ?? { pod, uid: '', restarts: 0 }
      await counter.position(`${what}, round ${round}`)
      measure('crash', `${what}, round ${round}`, { subject: { kind: 'Pod', name: pod }, value: { secondsLater: seconds } })
      await crash()
      await until(pods, podBack(before), { within: limits.podReady })
    }
  }
}
