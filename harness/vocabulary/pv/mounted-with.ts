import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Where mount options were read, and one that is to be among them. */
export interface MountOption {
  readonly found: MeasurementName
  readonly option: string
}

/** A volume is mounted with an option. */
export const mountedWith = defineCheck<MountOption>({
  name: 'mounted-with',
  reads: [],
  describe: ({ found, option }) => `the volume of Pod ${found.pod} is mounted with ${option}`,
  judge,
})

function judge({ found, option }: MountOption, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'mount-options', label: found.label, subject: found.pod })
  if (entry === undefined) return inconclusive(`The mount options of Pod ${found.pod} (${found.label}) were never read.`)
  const options = entry.value as readonly string[]
  if (options.includes(option)) return { outcome: 'upheld', evaluated: options.length }
  return violated(`The volume of Pod ${found.pod} (${found.label}) is mounted without ${option}: ${options.join(',')}.`, {
    expected: option,
    actual: options.join(','),
    entries: [entry],
  })
}
