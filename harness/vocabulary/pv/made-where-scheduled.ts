import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import { selectedNode } from '../pvc/binding/node-selected.ts'
import { pvNameOf } from '../pvc/readings.ts'

/** A PersistentVolumeClaim, the first Pod that uses it, and the node that the Pod asks for. */
export interface FirstConsumer {
  readonly pvc: string
  readonly pod: string
  readonly node: string
}

/**
 * No volume of a PersistentVolumeClaim is there before the scheduler has selected the node that its first Pod asks for, and the Pod runs on
 * that node. See https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
 */
export const madeWhereScheduled = defineCheck<FirstConsumer>({
  name: 'made-where-scheduled',
  reads: ['Pod', 'PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pvc, pod, node }) => `the volume of ${pvc} is made once ${node} is selected for Pod ${pod}, which runs there`,
  judge,
})

function judge({ pvc, pod, node }: FirstConsumer, history: readonly HistoryEntry[]): Judgement {
  const [volume] = observationsOf(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '')
  if (volume === undefined) return inconclusive(`The PersistentVolume of ${pvc} was never seen.`)
  const selected = observationsOf(history, 'PersistentVolumeClaim', pvc).find((entry) => selectedFor(entry) !== undefined)
  if (selected === undefined || !isBefore(selected, volume)) {
    return violated(`The volume of ${pvc} was made before a node was selected.`, {
      expected: `${node} selected, then a volume`,
      actual: selected === undefined ? 'no node selected' : `a volume, then ${selectedFor(selected)} selected`,
      entries: [...(selected === undefined ? [] : [selected]), volume],
    })
  }
  const wrong = selectedFor(selected) === node ? undefined : selected
  if (wrong !== undefined) return violatedBy(`Node ${selectedFor(wrong)} was selected for ${pvc} instead of ${node}.`, { node, wrong })
  const scheduled = observationsOf(history, 'Pod', pod).find((entry) => nodeOf(entry) !== undefined)
  if (scheduled === undefined) return inconclusive(`No node was ever found for Pod ${pod}.`)
  if (nodeOf(scheduled) === node) return { outcome: 'upheld', evaluated: 3 }
  return violatedBy(`Pod ${pod} ran on ${nodeOf(scheduled)} though ${node} was selected for ${pvc}.`, { node, wrong: scheduled })
}

function violatedBy(summary: string, { node, wrong }: { readonly node: string; readonly wrong: Observation }): Judgement {
  return violated(summary, { expected: node, actual: selectedFor(wrong) ?? nodeOf(wrong) ?? 'none', entries: [wrong] })
}

function selectedFor({ object }: Observation): string | undefined {
  return object.metadata.annotations?.[selectedNode]
}

function nodeOf({ object }: Observation): string | undefined {
  const node = field(object, 'spec', 'nodeName')
  return typeof node === 'string' ? node : undefined
}

/** Two kinds come by two watches: resourceVersions, which the API server counts for all kinds together, say which came first. */
function isBefore(one: Observation, other: Observation): boolean {
  return BigInt(one.object.metadata.resourceVersion) < BigInt(other.object.metadata.resourceVersion)
}
