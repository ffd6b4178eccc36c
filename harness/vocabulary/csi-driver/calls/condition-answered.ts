import { defineCheck } from '../../../engine/judge/define-check.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field } from '../../../engine/object.ts'
import { judgeCalls } from '../kept-calls.ts'
import type { CallsName } from './driver-calls-of.ts'

/** The calls of the CSI driver that were kept for a PVC, those among them that ask for the state of its volume. */
export interface ConditionAnswered {
  readonly calls: CallsName
}

/**
 * When the kubelet last asked the CSI driver for the state of a volume, the driver answered that its condition is abnormal. See
 * https://github.com/container-storage-interface/spec/blob/master/spec.md#nodegetvolumestats
 */
export const abnormalAnswered = defineCheck<ConditionAnswered>({
  name: 'abnormal-answered',
  reads: [],
  describe: ({ calls: { pvc } }) => `the CSI driver answers the kubelet that the volume of ${pvc} is abnormal`,
  judge: ({ calls }, history) =>
    judgeCalls(calls, history, (all, read) => {
      const answered = all.findLast(({ method, code }) => method === 'NodeGetVolumeStats' && code === 'OK')
      if (answered === undefined) return inconclusive(`The kubelet never asked for the state of the volume of ${calls.pvc}.`, [read.seq])
      const condition = field(answered.response, 'volume_condition')
      if (field(condition, 'abnormal') === true) return { outcome: 'upheld', evaluated: 1 }
      return violated(`The CSI driver did not answer that the volume of ${calls.pvc} is abnormal.`, {
        expected: 'abnormal',
        actual: JSON.stringify(condition ?? null),
        entries: [read],
      })
    }),
})
