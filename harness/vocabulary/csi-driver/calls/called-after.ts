import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName, DriverCall } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { violated } from '../../../engine/judge/judgement.ts'
import { judgeCalls } from '../kept-calls.ts'

/** Calls that bring a volume one step further, each with the call that takes the step back. */
const steps = [
  ['CreateVolume', 'DeleteVolume'],
  ['ControllerPublishVolume', 'ControllerUnpublishVolume'],
  ['NodeStageVolume', 'NodeUnstageVolume'],
  ['NodePublishVolume', 'NodeUnpublishVolume'],
] as const

/** A method of a CSI driver that takes a step in the life of a volume, or takes one back. */
export type StepOfVolume = (typeof steps)[number][number]

/** Calls of the CSI driver for a PVC: a method, and the one of which the effect has to be in force whenever the first is called. */
export interface CalledAfter {
  readonly calls: CallsName
  readonly method: StepOfVolume
  readonly after: StepOfVolume
}

/**
 * Whenever the CSI driver got one call for a volume, another one had succeeded before and was not taken back since. See
 * https://github.com/container-storage-interface/spec/blob/master/spec.md#volume-lifecycle
 */
export const calledAfter = defineCheck<CalledAfter>({
  name: 'called-after',
  reads: [],
  describe: ({ calls, method, after }) => `${method} for ${calls.pvc} comes only after ${after}`,
  judge,
})

function judge({ calls, method, after }: CalledAfter, history: readonly HistoryEntry[]): Judgement {
  return judgeCalls(calls, history, (all, read) => {
    const made = all.filter((call) => call.method === method)
    const early = made.find((call) => !isInForce(all, after, call))
    if (early === undefined) return { outcome: 'upheld', evaluated: made.length }
    const before = all.filter(({ at }) => Date.parse(at) < Date.parse(early.at)).map((call) => `${call.method} at ${call.at}: ${call.code}`)
    return violated(`${method} for PersistentVolumeClaim ${calls.pvc} came at ${early.at}, while no ${after} was in force.`, {
      expected: `a ${after} that succeeded before, and was not taken back`,
      actual: before.join(', ') || 'no call before',
      entries: [read],
    })
  })
}

/** Whether a step had succeeded before a call, and nothing took it back since. A call that repeats it meanwhile changes nothing. */
function isInForce(all: readonly DriverCall[], step: StepOfVolume, before: DriverCall): boolean {
  const opposite = steps.flatMap(([forth, back]) => (forth === step ? [back] : back === step ? [forth] : []))[0]
  const begun = all.filter(({ code, at }) => code === 'OK' && Date.parse(at) < Date.parse(before.at))
  const undone = begun.findLastIndex(({ method }) => method === opposite)
  const since = begun.slice(undone + 1)
  return since.some(({ method, at, durationMs = 0 }) => method === step && Date.parse(at) + durationMs <= Date.parse(before.at))
}
