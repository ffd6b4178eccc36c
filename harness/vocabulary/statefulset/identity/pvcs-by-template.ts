import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { parseQuantity } from '../../../engine/quantity.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'

/** A volumeClaimTemplate of a StatefulSet, the size that it asks for, and Pods. */
export interface PvcsByTemplate {
  readonly template: string
  readonly size: string
  readonly pods: readonly string[]
}

/**
 * Each Pod mounts a PersistentVolumeClaim named after the template and the Pod and of the template's size, and no other
 * PersistentVolumeClaim was made of the template. See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage
 */
export const pvcsByTemplate = defineCheck<PvcsByTemplate>({
  name: 'pvcs-by-template',
  reads: ['Pod', 'PersistentVolumeClaim'],
  describe: ({ template, size, pods }) => `each of ${pods.join(', ')} has a PersistentVolumeClaim ${template}-<Pod> of ${size}`,
  judge,
})

function judge({ template, size, pods }: PvcsByTemplate, history: readonly HistoryEntry[]): Judgement {
  const pvcs = observationsOf(history, 'PersistentVolumeClaim')
  const firstOf = (seen: readonly Observation[], name: string) => seen.find(({ object }) => object.metadata.name === name)
  const expected = pods.map((pod) => `${template}-${pod}`)
  const other = pvcs.find(({ object: { metadata } }) => metadata.name.startsWith(`${template}-`) && !expected.includes(metadata.name))
  if (other !== undefined) {
    return violated(`PersistentVolumeClaim ${other.object.metadata.name} was made, which no Pod is named by.`, {
      expected: expected.join(', '),
      entries: [other],
    })
  }
  for (const pod of pods) {
    const name = `${template}-${pod}`
    const [made, pvcEntry] = [firstOf(observationsOf(history, 'Pod'), pod), firstOf(pvcs, name)]
    if (made === undefined) return inconclusive(`Pod ${pod} was never seen.`)
    if (pvcEntry === undefined)
      return violated(`Pod ${pod} was made without a PersistentVolumeClaim ${name}.`, { expected: name, entries: [made] })
    const asked = String(field(pvcEntry.object, 'spec', 'resources', 'requests', 'storage'))
    if (parseQuantity(asked) !== parseQuantity(size)) {
      return violated(`PersistentVolumeClaim ${name} asks for ${asked} instead of ${size}.`, {
        expected: size,
        actual: asked,
        entries: [pvcEntry],
      })
    }
    if (!mounts(made, name))
      return violated(`Pod ${pod} does not mount PersistentVolumeClaim ${name}.`, { expected: name, entries: [made] })
  }
  return { outcome: 'upheld', evaluated: pods.length }
}

function mounts({ object }: Observation, name: string): boolean {
  const volumes = field(object, 'spec', 'volumes')
  return Array.isArray(volumes) && volumes.some((volume) => field(volume, 'persistentVolumeClaim', 'claimName') === name)
}
