import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { type Attachment, attachmentsNow } from './attachments.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { observationsOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'

/** A PersistentVolumeClaim, and the nodes to which its volume is to be attached, one after the other. */
export interface NodePlacement {
  readonly pvc: string
  readonly nodes: readonly string[]
}

/** The volume of a PersistentVolumeClaim is attached to these nodes in this order, and never to two at once. */
export const oneNodeAtATime = defineCheck<NodePlacement>({
  name: 'one-node-at-a-time',
  reads: ['VolumeAttachment', 'PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pvc, nodes }) => `the volume of ${pvc} is attached to ${nodes.join(', then ')}, to one node at a time`,
  judge,
})

function judge({ pvc, nodes }: NodePlacement, history: readonly HistoryEntry[]): Judgement {
  const volume = pvNameOf(history, pvc)
  if (volume === undefined) return inconclusive(`PersistentVolumeClaim ${pvc} was never seen with a volume.`)
  // VolumeAttachments are known to be of this guarantee by their PersistentVolumes.
  if (observationsOf(history, 'PersistentVolume', volume).length === 0)
    return inconclusive(`The PersistentVolume of ${pvc} was never seen, so neither were its VolumeAttachments.`)
  const visited: Attachment[] = []
  const seen = observationsOf(history, 'VolumeAttachment')
  for (const entry of seen) {
    const attached = attachedAt(history, { volume, entry })
    if (attached.length > 1) return onTwoNodes(pvc, attached)
    const [here] = attached
    if (here !== undefined && here.node !== visited.at(-1)?.node) visited.push(here)
  }
  const found = visited.map(({ node }) => node)
  if (found.length === 0) return inconclusive(`The volume of PersistentVolumeClaim ${pvc} was never seen attached.`)
  if (found.join() === nodes.join()) return { outcome: 'upheld', evaluated: seen.length }
  return violated(`Volume of PersistentVolumeClaim ${pvc} was attached to ${found.join(', then ')} instead of ${nodes.join(', then ')}.`, {
    expected: nodes.join(', then '),
    actual: found.join(', then '),
    entries: visited.map(({ entry }) => entry),
  })
}

function attachedAt(
  history: readonly HistoryEntry[],
  { volume, entry }: { readonly volume: string; readonly entry: Observation },
): readonly Attachment[] {
  return attachmentsNow(history.slice(0, entry.seq + 1)).filter((one) => one.volume === volume && one.attached)
}

function onTwoNodes(pvc: string, attached: readonly Attachment[]): Judgement {
  const nodes = attached.map(({ node }) => node).join(' and ')
  return violated(`Volume of PersistentVolumeClaim ${pvc} was attached to ${nodes} at the same time.`, {
    expected: 'attached to one node at a time',
    actual: attached.map(({ name, node }) => `VolumeAttachment ${name} attached to ${node}`).join(', '),
    entries: attached.map(({ entry }) => entry),
  })
}
