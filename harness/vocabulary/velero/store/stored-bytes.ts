import type { Judgement } from '../../../engine/judge/check.ts'
import type { Stored } from './stored.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { parseQuantity } from '../../../engine/quantity.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'

/** Bounds of a size, as Kubernetes quantities. */
export interface Bounds {
  readonly atLeast?: string
  readonly atMost?: string
}

/** How much of a guarantee may be in the object store at one moment. */
export interface StoredBounds {
  /** Label of the measurement. */
  readonly label: string
  /** Definitions of objects, logs and results. */
  readonly metadata?: Bounds
  readonly volumeData?: Bounds
}

/** The object store holds as much as it should of what a guarantee backed up. */
export const storedBytes = defineCheck<StoredBounds>({
  name: 'stored-bytes',
  reads: [],
  describe: ({ label, metadata, volumeData }) =>
    [
      ...(metadata ? [`${describeBounds(metadata)} of definitions`] : []),
      ...(volumeData ? [`${describeBounds(volumeData)} of volume data`] : []),
    ].join(' and ') + ` in the object store (${label})`,
  judge,
})

function judge({ label, metadata, volumeData }: StoredBounds, history: readonly HistoryEntry[]): Judgement {
  const read = history.findLast((entry) => entry.type === 'measurement' && entry.what === 'stored' && entry.label === label)
  if (read?.type !== 'measurement') return inconclusive(`What is stored was never measured (${label}).`)
  const { metadataBytes, volumeDataBytes, objects } = read.value as Stored
  if (objects === 0) return inconclusive(`The object store holds nothing of the guarantee (${label}).`, [read.seq])
  const sizes = [
    { what: 'of definitions', bytes: metadataBytes, bounds: metadata },
    { what: 'of volume data', bytes: volumeDataBytes, bounds: volumeData },
  ]
  for (const { what, bytes, bounds = {} } of sizes) {
    const { atLeast = '0', atMost = 'none' } = bounds
    const tooMuch = bounds.atMost !== undefined && bytes > parseQuantity(bounds.atMost)
    if (bytes >= parseQuantity(atLeast) && !tooMuch) continue
    return violated(
      `The object store holds ${bytes} bytes ${what} (${label}), which is ${tooMuch ? `more than ${atMost}` : `less than ${atLeast}`}.`,
      {
        expected: describeBounds(bounds),
        actual: `${bytes} bytes`,
        entries: [read],
      },
    )
  }
  return { outcome: 'upheld', evaluated: objects }
}

function describeBounds({ atLeast, atMost }: Bounds): string {
  return [...(atLeast === undefined ? [] : [`at least ${atLeast}`]), ...(atMost === undefined ? [] : [`at most ${atMost}`])].join(', ')
}
