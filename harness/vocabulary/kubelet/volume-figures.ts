import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { measurementOf } from '../../engine/measurement.ts'

/** Names what the kubelet of a node told of volumes. */
export interface FiguresName {
  readonly node: string
  readonly label: string
}

/** Figures of one volume, each under the end of its metric's name: `used_bytes` of `kubelet_volume_stats_used_bytes`. */
export type VolumeFigures = Readonly<Record<string, number>>

/** Figures of volumes by the name of their PVC. */
export type FiguresByPvc = Readonly<Record<string, VolumeFigures>>

/** A sample of a metric of volumes in the text format: name, labels and value. */
const sample = /^kubelet_volume_stats_(\w+)\{([^}]*)\} (\S+)/

/** The metrics of volumes of a namespace in what a kubelet tells. */
export function figuresIn(metrics: string, namespace: string): FiguresByPvc {
  const figures: Record<string, Record<string, number>> = {}
  for (const line of metrics.split('\n')) {
    const [, name = '', labels = '', value = ''] = sample.exec(line) ?? []
    const pvc = labelIn(labels, 'persistentvolumeclaim')
    if (pvc === undefined || labelIn(labels, 'namespace') !== namespace) continue
    figures[pvc] = { ...figures[pvc], [name]: Number(value) }
  }
  return figures
}

function labelIn(labels: string, name: string): string | undefined {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1]
}

/** What a kubelet told of volumes, and where that is in the history; undefined where it was not asked. */
export function figuresRead(
  history: readonly HistoryEntry[],
  { node, label }: FiguresName,
): { readonly entry: Measurement; readonly byPvc: FiguresByPvc } | undefined {
  const entry = measurementOf(history, { what: 'volume-figures', label, subject: node })
  return entry === undefined ? undefined : { entry, byPvc: entry.value as FiguresByPvc }
}
