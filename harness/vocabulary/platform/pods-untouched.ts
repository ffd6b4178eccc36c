import { isDeepStrictEqual } from 'node:util'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { objectsOf, stateIn } from './identity-kept.ts'
import type { StateName, StateOfObject } from './platform-state.ts'

/** Pods at two moments. */
export interface PodsBetween {
  readonly before: StateName
  readonly after: StateName
  readonly pods: readonly string[]
}

/** Pods were neither replaced nor restarted: same UID, same node, the same containers by their ids, no restart more. */
export const podsUntouched = defineCheck<PodsBetween>({
  name: 'pods-untouched',
  reads: [],
  describe: ({ before, after, pods }) => `the containers of ${pods.join(', ')} are the same from ${before.label} to ${after.label}`,
  judge: (params, history) => judge(params, history, changeOfUntouched),
})

/** Pods were replaced by others of their names, which are Ready. */
export const podsReplaced = defineCheck<PodsBetween>({
  name: 'pods-replaced',
  reads: [],
  describe: ({ before, after, pods }) => `${pods.join(', ')} are other Pods ${after.label} than ${before.label}, and Ready`,
  judge: (params, history) => judge(params, history, changeOfReplaced),
})

/** What is wrong with a Pod as it is now, half a sentence; undefined where nothing is. */
type Wrong = (was: StateOfObject, is: StateOfObject) => string | undefined

function judge({ before, after, pods }: PodsBetween, history: readonly HistoryEntry[], wrong: Wrong): Judgement {
  const [was, is] = [before, after].map((name) => stateIn(history, name))
  if (was === undefined || is === undefined) return inconclusive(`The Pods of ${before.namespace} were not read twice.`)
  for (const name of pods) {
    const [first, last] = [was, is].map((entry) => objectsOf(entry).find((object) => object.kind === 'Pod' && object.name === name))
    if (first?.pod?.ready !== true) return inconclusive(`Pod ${name} was not Ready ${before.label}.`, [was.seq])
    const what = last === undefined ? 'is gone' : wrong(first, last)
    if (what !== undefined)
      return violated(`Pod ${name} ${what} ${after.label}.`, { expected: describe(first), actual: describe(last), entries: [was, is] })
  }
  return { outcome: 'upheld', evaluated: pods.length }
}

function changeOfUntouched(was: StateOfObject, is: StateOfObject): string | undefined {
  if (is.uid !== was.uid) return 'is another Pod'
  if (is.terminating) return 'is being deleted'
  if (is.pod?.restarts !== was.pod?.restarts) return 'was restarted'
  if (!isDeepStrictEqual(is.pod?.containers, was.pod?.containers)) return 'has another container'
  return is.pod?.ready === true ? undefined : 'is not Ready'
}

function changeOfReplaced(was: StateOfObject, is: StateOfObject): string | undefined {
  if (is.uid === was.uid) return 'is still the same Pod'
  if (is.terminating) return 'is being deleted'
  return is.pod?.ready === true ? undefined : 'is not Ready'
}

function describe(object: StateOfObject | undefined): string {
  if (object?.pod === undefined) return 'none'
  const { node, ready, restarts, containers } = object.pod
  return `UID ${object.uid} on ${node}, ${ready ? 'Ready' : 'not Ready'}, restartCount ${restarts}, ${containers.join(', ')}`
}
