import { expect, test } from 'vitest'
import { historyOf, podAdded, podReady } from '../../../engine/history/literal.ts'
import { podWarned } from '../../conditions.ts'

const condition = podWarned({ pod: 'web-0', by: 'kubelet' })

test('nobody warns any more of a Pod that runs', () => {
  expect(condition.unreachable?.(historyOf(podAdded('web-0'), podReady('web-0')))).toBe('Pod web-0 is Running and Ready.')
})

test('a Pod that was made and does not run may still be warned of', () => {
  expect(condition.unreachable?.(historyOf(podAdded('web-0')))).toBeUndefined()
})
