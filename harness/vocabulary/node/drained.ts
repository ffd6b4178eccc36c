import type { DrainName, Drained } from './kubectl-drain.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { measurementOf } from '../../engine/measurement.ts'

/** A drain that is to go through. */
export interface DrainThrough {
  readonly drain: DrainName
}

/** A drain that is to be refused, and what it has to name: Pods, and the flags that allow it to go on. */
export interface DrainRefused {
  readonly drain: DrainName
  readonly naming: readonly string[]
}

/** `kubectl drain` ended well: none of the Pods that it looked at is left on the node. */
export const drainDone = defineCheck<DrainThrough>({
  name: 'drain-done',
  reads: [],
  describe: ({ drain }) => `kubectl drain of node ${drain.node} (${drain.label}) ends well`,
  judge: ({ drain }, history) =>
    judged(drain, history, ({ exitCode, said }, read) =>
      exitCode === 0
        ? { outcome: 'upheld', evaluated: 1 }
        : violated(`The drain of node ${drain.node} (${drain.label}) failed.`, {
            ...{ expected: 'exit code 0', actual: `exit code ${exitCode}: ${said}` },
            entries: [read],
          }),
    ),
})

/** `kubectl drain` did not go through, and said which Pods keep it from that, and how it is told to go on. */
export const drainRefused = defineCheck<DrainRefused>({
  name: 'drain-refused',
  reads: [],
  describe: ({ drain, naming }) => `kubectl drain of node ${drain.node} (${drain.label}) is refused and names ${naming.join(', ')}`,
  judge: ({ drain, naming }, history) =>
    judged(drain, history, ({ exitCode, said }, read) => {
      const missing = naming.filter((name) => !said.includes(name))
      if (exitCode !== 0 && missing.length === 0) return { outcome: 'upheld', evaluated: naming.length }
      const what = exitCode === 0 ? 'was not refused' : `does not name ${missing.join(', ')}`
      return violated(`The drain of node ${drain.node} (${drain.label}) ${what}.`, {
        ...{ expected: `refused for ${naming.join(', ')}`, actual: `exit code ${exitCode}: ${said}` },
        entries: [read],
      })
    }),
})

function judged(
  { node, label }: DrainName,
  history: readonly HistoryEntry[],
  judge: (drained: Drained, read: Measurement) => Judgement,
): Judgement {
  const read = measurementOf(history, { what: 'drain', label, subject: node })
  return read === undefined ? inconclusive(`Node ${node} was not drained (${label}).`) : judge(read.value as Drained, read)
}
