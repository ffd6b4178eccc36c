import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import { registeredDriver } from './registered-driver.ts'

/** A CSI driver, and all nodes that it runs on. */
export interface DriverOnNodes {
  readonly driver: string
  readonly nodes: readonly string[]
}

/** The CSINode of each of these nodes lists a CSI driver, with the node's ID in it, and that of no other node does. */
export const driverListedOn = defineCheck<DriverOnNodes>({
  name: 'driver-listed-on',
  reads: ['CSINode'],
  describe: ({ driver, nodes }) => `CSINodes list ${driver} on ${nodes.join(', ')}, and on no other node`,
  judge,
})

function judge({ driver, nodes }: DriverOnNodes, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'CSINode').filter(({ event }) => event !== 'DELETED')
  const names = [...new Set(seen.map(({ object }) => object.metadata.name))]
  const others = names.filter((name) => !nodes.includes(name))
  if (nodes.some((node) => !names.includes(node))) return inconclusive('The CSINodes of some nodes were never seen.')
  if (others.length === 0) return inconclusive(`Every node of the cluster runs ${driver}: none shows that it is not listed elsewhere.`)
  const wrong = seen.find(({ object }) => nodes.includes(object.metadata.name) !== (idIn(object, driver) !== undefined))
  if (wrong === undefined) return { outcome: 'upheld', evaluated: seen.length }
  const { name } = wrong.object.metadata
  const runs = nodes.includes(name)
  return violated(`CSINode ${name} ${runs ? 'does not list' : 'lists'} ${driver}, which ${runs ? 'runs' : 'does not run'} on that node.`, {
    expected: `${driver} on ${nodes.join(', ')} alone`,
    actual: JSON.stringify(field(wrong.object, 'spec', 'drivers')) ?? 'no list',
    entries: [wrong],
  })
}

/** The ID of the node in a driver, as its CSINode lists it. */
function idIn(csiNode: unknown, driver: string): string | undefined {
  const id = field(registeredDriver(csiNode, driver), 'nodeID')
  return typeof id === 'string' && id !== '' ? id : undefined
}
