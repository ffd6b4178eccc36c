import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, isOwnedBy, latest, observationsOf } from '../../engine/object.ts'
import { ordinalOf } from './ordinal-of.ts'

/** A StatefulSet and the names of the Pods that it is to have. */
export interface NamedPods {
  readonly statefulSet: string
  readonly pods: readonly string[]
}

const podName = 'statefulset.kubernetes.io/pod-name'
const podIndex = 'apps.kubernetes.io/pod-index'

/**
 * The Pods of a StatefulSet that are there now have exactly these names; each has its name as hostname and as a label, and its ordinal
 * as another. See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-identity
 */
export const podsAre = defineCheck<NamedPods>({
  name: 'pods-are',
  reads: ['Pod'],
  describe: ({ statefulSet, pods }) =>
    `the Pods of StatefulSet ${statefulSet} are ${pods.join(', ')}, each labelled with its name and ordinal`,
  judge,
})

function judge({ statefulSet, pods }: NamedPods, history: readonly HistoryEntry[]): Judgement {
  const owned = observationsOf(history, 'Pod').filter(({ object }) => isOwnedBy(object, { kind: 'StatefulSet', name: statefulSet }))
  const names = [...new Set(owned.map(({ object }) => object.metadata.name))]
  const there = names.filter((name) => latest(history, 'Pod', name) !== undefined)
  if (names.length === 0) return inconclusive(`No Pod of StatefulSet ${statefulSet} was seen.`)
  const found = there.toSorted().join(', ')
  const expected = pods.toSorted().join(', ')
  if (found !== expected) {
    const actual = found === '' ? 'no Pod' : found
    return violated(`StatefulSet ${statefulSet} has ${actual} instead of ${expected}.`, { expected, actual, entries: owned.slice(-1) })
  }
  for (const name of pods) {
    const entry = owned.findLast(({ object }) => object.metadata.name === name)
    const wrong = entry && wrongIdentity(statefulSet, name, entry.object)
    if (entry !== undefined && wrong !== undefined) return violated(`Pod ${name} ${wrong}.`, { expected: name, entries: [entry] })
  }
  return { outcome: 'upheld', evaluated: pods.length }
}

function wrongIdentity(
  statefulSet: string,
  name: string,
  pod: { readonly metadata: { readonly labels?: Readonly<Record<string, string>> } },
) {
  const { labels = {} } = pod.metadata
  const hostname = field(pod, 'spec', 'hostname')
  if (hostname !== name) return `has the hostname ${String(hostname)}`
  if (labels[podName] !== name) return `has the label ${podName}=${String(labels[podName])}`
  if (labels[podIndex] !== String(ordinalOf(statefulSet, name))) return `has the label ${podIndex}=${String(labels[podIndex])}`
  return undefined
}
