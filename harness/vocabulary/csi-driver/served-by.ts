import type { Judgement } from '../../engine/judge/check.ts'
import type { CallsName } from './calls/driver-calls-of.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { judgeCalls } from './kept-calls.ts'

/** Calls of a CSI driver of ours for a PVC: methods, and the part of the driver that is to answer them. */
export interface ServedBy {
  readonly calls: CallsName
  readonly methods: readonly string[]
  /** The one controller, or the node service of a node. */
  readonly by: { readonly part: 'controller' } | { readonly part: 'node'; readonly node: string }
}

/** Each of some methods of the CSI driver was called for a PVC, and always at the one part of the driver: one process and no other. */
export const servedBy = defineCheck<ServedBy>({
  name: 'served-by',
  reads: [],
  describe: ({ calls, methods, by }) => `${nameOf(by)} of the driver gets ${methods.join(', ')} for ${calls.pvc}, and no other part does`,
  judge,
})

function judge({ calls, methods, by }: ServedBy, history: readonly HistoryEntry[]): Judgement {
  return judgeCalls(calls, history, (all, read) => {
    const made = all.filter(({ method }) => methods.includes(method))
    const silent = made.find(({ process }) => process === undefined)
    if (silent !== undefined) return inconclusive(`The log does not say which part of the driver got ${silent.method}.`, [read.seq])
    const missing = methods.find((method) => !made.some((call) => call.method === method && call.code === 'OK'))
    if (missing !== undefined)
      return violated(`The CSI driver never answered ${missing} for PersistentVolumeClaim ${calls.pvc}.`, {
        expected: methods.join(', '),
        actual: [...new Set(made.map(({ method }) => method))].join(', ') || 'none of them',
        entries: [read],
      })
    const processes = [...new Set(made.map(({ process }) => process ?? ''))]
    const wanted = by.part === 'node' ? `${by.node}-node` : '-controller'
    const other = processes.find((process) => (by.part === 'node' ? process !== wanted : !process.endsWith(wanted)))
    if (other === undefined && processes.length === 1) return { outcome: 'upheld', evaluated: made.length }
    const astray = made.find(({ process }) => process === (other ?? processes.at(-1)))
    return violated(
      `${astray?.method} for PersistentVolumeClaim ${calls.pvc} reached ${astray?.process}, which is not ${nameOf(by)} alone.`,
      {
        expected: nameOf(by),
        actual: processes.join(', '),
        entries: [read],
      },
    )
  })
}

function nameOf(by: ServedBy['by']): string {
  return by.part === 'node' ? `the node service on ${by.node}` : 'the controller'
}
