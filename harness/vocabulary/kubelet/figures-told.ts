import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'
import { inMebibytes } from '../../engine/quantity.ts'
import { type FiguresName, figuresRead } from './volume-figures.ts'
import { useOfWritten } from '../pv/use-of-written.ts'

/** What a kubelet told of the volume of a PVC, and what `df` showed in a Pod that uses it. */
export interface FiguresAgree {
  readonly figures: FiguresName
  readonly pvc: string
  readonly seen: MeasurementName
}

/** Two looks at one file system at different times may differ by this part of it. */
const mayDiffer = 0.05

/** The kubelet tells the size and the free space of a volume that `df` shows in its Pod. */
export const figuresAgree = defineCheck<FiguresAgree>({
  name: 'figures-agree',
  reads: [],
  describe: ({ pvc, seen }) => `the kubelet tells of ${pvc} what df shows in ${describeMeasurement(seen)}`,
  judge({ figures, pvc, seen }, history) {
    const read = figuresRead(history, figures)
    const shown = measurementOf(history, { what: 'file-system-size', label: seen.label, subject: seen.pod })
    const [total, free] = [field(shown?.value, 'totalBytes'), field(shown?.value, 'freeBytes')]
    if (read === undefined || shown === undefined || typeof total !== 'number' || typeof free !== 'number')
      return inconclusive(`The figures of ${pvc} were not read both from its kubelet and in Pod ${seen.pod}.`)
    const told = read.byPvc[pvc]
    const { capacity_bytes: capacity, available_bytes: available } = told ?? {}
    const isSame = capacity === total && available !== undefined && Math.abs(available - free) <= mayDiffer * total
    if (isSame) return { outcome: 'upheld', evaluated: 2 }
    return violated(`The kubelet of ${figures.node} does not tell of the volume of ${pvc} what df shows in Pod ${seen.pod}.`, {
      expected: `${inMebibytes(total)}, of which about ${inMebibytes(free)} are free`,
      actual:
        capacity === undefined || available === undefined
          ? 'no figures'
          : `${inMebibytes(capacity)}, of which ${inMebibytes(available)} are free`,
      entries: [read.entry, shown],
    })
  },
})

/** What a kubelet told of two volumes that are alike but for so much, for example `64Mi`, that was written to one of them. */
export interface FiguresDiffer {
  readonly figures: FiguresName
  readonly written: string
  readonly empty: string
  readonly bytes: string
}

/** By the figures of the kubelet, about as much more is used of one volume than of another as was written to it. */
export const figuresShowUse = defineCheck<FiguresDiffer>({
  name: 'figures-show-use',
  reads: [],
  describe: ({ written, empty, bytes }) => `the kubelet tells that about ${bytes} more are used of ${written} than of ${empty}`,
  judge({ figures, written, empty, bytes }, history) {
    const read = figuresRead(history, figures)
    if (read === undefined) return inconclusive(`The figures of node ${figures.node} were never read (${figures.label}).`)
    const [more, less] = [written, empty].map((pvc) => read.byPvc[pvc]?.['used_bytes'])
    const missing = more === undefined ? written : empty
    if (more === undefined || less === undefined)
      return violated(`The kubelet of ${figures.node} does not tell how much is used of ${missing}.`, { entries: [read.entry] })
    const { least, most } = useOfWritten(bytes)
    const difference = more - less
    if (difference >= least && difference <= most) return { outcome: 'upheld', evaluated: 2 }
    return violated(
      `By the kubelet, ${inMebibytes(difference)} more are used of ${written} than of ${empty}, though ${bytes} were written.`,
      {
        expected: `between ${inMebibytes(least)} and ${inMebibytes(most)}`,
        actual: inMebibytes(difference),
        entries: [read.entry],
      },
    )
  },
})

/** A PVC of which a kubelet is to tell nothing, and one of which it told something at the same time. */
export interface FiguresLacking {
  readonly figures: FiguresName
  readonly pvc: string
  readonly unlike: string
  /** End of the name of the one metric that is to be lacking, such as `health_status_abnormal`; every one when absent. */
  readonly metric?: string
}

/** A kubelet that tells something of one volume tells nothing of another one, or not this. */
export const figuresLack = defineCheck<FiguresLacking>({
  name: 'figures-lack',
  reads: [],
  describe: ({ pvc, unlike, metric = 'figures' }) => `the kubelet tells no ${metric} of ${pvc}, while it tells figures of ${unlike}`,
  judge: (params, history) => judgeLacking(params, history),
})

function judgeLacking({ figures, pvc, unlike, metric }: FiguresLacking, history: readonly HistoryEntry[]) {
  const read = figuresRead(history, figures)
  if (read === undefined || read.byPvc[unlike] === undefined)
    return inconclusive(`The kubelet of ${figures.node} told nothing of the volume of ${unlike} (${figures.label}).`)
  const told = Object.entries(read.byPvc[pvc] ?? {}).filter(([name]) => metric === undefined || name === metric)
  if (told.length === 0) return { outcome: 'upheld', evaluated: 1 } as const
  return violated(`The kubelet of ${figures.node} tells ${told.map(([name]) => name).join(', ')} of the volume of ${pvc}.`, {
    expected: `no ${metric ?? 'figures'}`,
    actual: told.map(([name, value]) => `${name} ${value}`).join(', '),
    entries: [read.entry],
  })
}
