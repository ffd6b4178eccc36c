import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { observationsOf } from '../../engine/object.ts'
import { registeredDriver } from './registered-driver.ts'

/** A CSI driver, and a node that it serves. */
export interface DriverOnNode {
  readonly driver: string
  readonly node: string
}

/** A CSI driver that a node had, and then had no more, is registered there again. */
export const driverRegisteredAnew = defineCondition<DriverOnNode>({
  name: 'driver-registered-anew',
  reads: ['CSINode'],
  describe: ({ driver, node }) => `${driver} registered on ${node} again after it was gone`,
  holds({ driver, node }, history) {
    const states = statesOf({ driver, node }, history)
    const first = states.indexOf(true)
    return first !== -1 && states.indexOf(false, first) !== -1 && states.at(-1) === true
  },
  seen({ driver, node }, history) {
    const states = statesOf({ driver, node }, history)
    const words = states.map((isThere) => (isThere ? 'registered' : 'gone'))
    return words.length === 0 ? `no CSINode ${node}` : `${driver} on ${node}: ${words.join(', ')}`
  },
})

/** Whether the node had the driver, each time that it was seen. */
function statesOf({ driver, node }: DriverOnNode, history: readonly HistoryEntry[]): readonly boolean[] {
  const seen = observationsOf(history, 'CSINode', node)
  return seen.map(({ event, object }) => event !== 'DELETED' && registeredDriver(object, driver) !== undefined)
}
