import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'

/** Pods with the PVC that each mounts, and the zone of every node. */
export interface ZonedPods {
  readonly pvcs: Readonly<Record<string, string>>
  readonly zones: Readonly<Record<string, string>>
}

const zoneKey = 'topology.kubernetes.io/zone'

/** Each Pod, however often it is made again, runs in the zone in which its volume is reachable, and no two of them in the same zone. */
export const eachInItsZone = defineCheck<ZonedPods>({
  name: 'each-in-its-zone',
  reads: ['Pod', 'PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pvcs }) => `${Object.keys(pvcs).join(' and ')} run in the zone of their volume, each in another`,
  judge,
})

function judge({ pvcs, zones }: ZonedPods, history: readonly HistoryEntry[]): Judgement {
  const taken = new Map<string, string>()
  let evaluated = 0
  for (const [pod, pvc] of Object.entries(pvcs)) {
    const volume = observationsOf(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '').at(-1)
    if (volume === undefined) return inconclusive(`The PersistentVolume of ${pvc} was never seen.`)
    const reachable = zonesOfVolume(volume)
    if (reachable.length === 0) {
      const actual = JSON.stringify(field(volume.object, 'spec', 'nodeAffinity') ?? 'none')
      return violated(`The volume of ${pvc} is bound to no zone.`, { expected: 'a node affinity with a zone', actual, entries: [volume] })
    }
    const scheduled = observationsOf(history, 'Pod', pod).filter(({ object }) => field(object, 'spec', 'nodeName') !== undefined)
    if (scheduled.length === 0) return inconclusive(`No node was ever found for Pod ${pod}.`)
    const stray = scheduled.find((entry) => !reachable.includes(zoneOf(entry, zones)))
    if (stray !== undefined) {
      return violated(`Pod ${pod} ran in ${zoneOf(stray, zones)} though the volume of ${pvc} is in ${reachable.join(' and ')}.`, {
        entries: [volume, stray],
      })
    }
    for (const entry of scheduled) {
      const other = taken.get(zoneOf(entry, zones))
      if (other !== undefined && other !== pod)
        return violated(`Pods ${other} and ${pod} both ran in ${zoneOf(entry, zones)}.`, { expected: 'a zone for each', entries: [entry] })
      taken.set(zoneOf(entry, zones), pod)
    }
    evaluated += scheduled.length
  }
  return { outcome: 'upheld', evaluated }
}

function zoneOf({ object }: Observation, zones: ZonedPods['zones']): string {
  const node = String(field(object, 'spec', 'nodeName'))
  return zones[node] ?? `no zone (node ${node})`
}

/** Zones in which a volume can be reached, as its node affinity says; none where it says nothing of zones. */
export function zonesOfVolume({ object }: Observation): readonly string[] {
  const terms = field(object, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms')
  const expressions = listOf(terms).flatMap((term) => listOf(field(term, 'matchExpressions')))
  return expressions.filter((one) => field(one, 'key') === zoneKey).flatMap((one) => listOf(field(one, 'values')).map(String))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}
