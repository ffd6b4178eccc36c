import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** Pods by name, and all of the nodes that they are to be on together. */
export interface PodsOnNodes {
  readonly pods: readonly string[]
  readonly nodes: readonly string[]
}

/** Pods are on just these nodes, and at least one of them is on each. */
export const onNodes = defineCheck<PodsOnNodes>({
  name: 'on-nodes',
  reads: ['Pod'],
  describe: ({ pods, nodes }) => `${pods.join(', ')} are on ${nodes.join(' and ')}`,
  judge,
})

function judge({ pods, nodes }: PodsOnNodes, history: readonly HistoryEntry[]): Judgement {
  const last = pods.map((pod) => observationsOf(history, 'Pod', pod).at(-1))
  const entries = last.filter((entry) => entry !== undefined)
  const found = entries.map(({ object }) => field(object, 'spec', 'nodeName')).filter((node) => typeof node === 'string')
  if (found.length < pods.length) return inconclusive(`Not all of ${pods.join(', ')} were seen on a node.`)
  const actual = [...new Set(found)].toSorted().join(', ')
  const expected = nodes.toSorted().join(', ')
  if (actual === expected) return { outcome: 'upheld', evaluated: pods.length }
  return violated(`Pods ${pods.join(', ')} are on ${actual} instead of ${expected}.`, { expected, actual, entries })
}
