import { isDeepStrictEqual } from 'node:util'
import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { pvNameOf } from '../../pvc/readings.ts'
import { volumeHandleOf } from '../../pvc/volume/volume-source.ts'
import { judgeCalls } from '../kept-calls.ts'
import type { CallsName } from './driver-calls-of.ts'

/** The calls of the CSI driver that were kept for a PVC, the one that made its volume among them. */
export interface AnsweredFor {
  readonly calls: CallsName
}

/**
 * The PersistentVolume of a PVC names its volume by the id that the CSI driver gave it when it made it. See
 * https://github.com/container-storage-interface/spec/blob/master/spec.md#createvolume
 */
export const handleAsAnswered = defineCheck<AnsweredFor>({
  name: 'handle-as-answered',
  reads: ['PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ calls: { pvc } }) => `the PersistentVolume of ${pvc} has the volume id of the CSI driver as its handle`,
  judge: ({ calls }, history) =>
    judgeAnswer(calls, history, {
      what: 'handle',
      asked: (volume) => field(volume, 'volume_id') ?? null,
      found: (seen) => volumeHandleOf(seen.object) ?? null,
    }),
})

/** The same calls, and from where the volume is to be reached. */
export interface ReachableFrom extends AnsweredFor {
  readonly from: 'some nodes' | 'every node'
}

/**
 * The node affinity of the PersistentVolume of a PVC names the places from which the CSI driver said that the volume can be reached, by the
 * driver's own keys; it has one just where
 * only some nodes are to reach it. See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#node-affinity
 */
export const reachableAsAnswered = defineCheck<ReachableFrom>({
  name: 'reachable-as-answered',
  reads: ['PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ calls: { pvc }, from }) => `the PersistentVolume of ${pvc} says, as the CSI driver did, that ${from} can reach its volume`,
  judge: ({ calls, from }, history) =>
    judgeAnswer(calls, history, {
      what: 'topology',
      asked: (volume) => inOrder(listOf(field(volume, 'accessible_topology')).map((one) => segmentsOf(field(one, 'segments')))),
      isWrong: (terms) => (terms.length === 0) === (from === 'some nodes'),
      found: (seen) => inOrder(listOf(field(seen.object, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms')).map(segmentsOfTerm)),
    }),
})

function judgeAnswer<Fact>(
  calls: CallsName,
  history: readonly HistoryEntry[],
  fact: {
    readonly what: string
    /** What the driver answered of the volume. */
    readonly asked: (volume: unknown) => Fact
    /** What the PersistentVolume says of it. */
    readonly found: (seen: Observation) => Fact
    /** Whether that is not what was to be, though the driver said the same. */
    readonly isWrong?: (found: Fact) => boolean
  },
): Judgement {
  const { pvc } = calls
  const seen = observationsOf(history, 'PersistentVolume', pvNameOf(history, pvc) ?? '').at(-1)
  if (seen === undefined) return inconclusive(`The PersistentVolume of ${pvc} was never seen.`)
  return judgeCalls(calls, history, (all, read) => {
    const made = all.findLast(({ method, code }) => method === 'CreateVolume' && code === 'OK')
    const found = fact.found(seen)
    const actual = JSON.stringify(found)
    const entries = [seen, read]
    if (made === undefined) {
      const expected = `a ${fact.what} that the driver answered`
      return violated(`The CSI driver made no volume for PersistentVolumeClaim ${pvc}, and there is a PersistentVolume.`, {
        ...{ expected, actual, entries },
      })
    }
    const asked = fact.asked(field(made.response, 'volume'))
    if (!isDeepStrictEqual(found, asked)) {
      const expected = JSON.stringify(asked)
      return violated(`The PersistentVolume of ${pvc} has another ${fact.what} than the CSI driver answered.`, {
        expected,
        actual,
        entries,
      })
    }
    if (fact.isWrong?.(found) === true)
      return violated(`The volume of ${pvc} has a ${fact.what} other than its StorageClass asks for.`, { actual, entries })
    return { outcome: 'upheld', evaluated: 1 }
  })
}

/** Keys of a topology with their values, in order of the keys. */
type Segments = readonly (readonly [string, unknown])[]

function segmentsOf(segments: unknown): Segments {
  return Object.entries(segments ?? {}).toSorted(([one], [other]) => one.localeCompare(other))
}

/** A term of a node affinity as segments. One that is no list of keys with a value each is kept as it is written. */
function segmentsOfTerm(term: unknown): Segments {
  const expressions = listOf(field(term, 'matchExpressions')).map((one): readonly [string, unknown] => {
    const values = listOf(field(one, 'values'))
    const isOne = field(one, 'operator') === 'In' && values.length === 1
    return [String(field(one, 'key')), isOne ? values[0] : one]
  })
  return expressions.toSorted(([one], [other]) => one.localeCompare(other))
}

function inOrder(terms: readonly Segments[]): readonly Segments[] {
  return terms.toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}
