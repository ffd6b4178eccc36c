import { field, latest } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'

/** A Service is there and has an address of its own. */
export const serviceAddressed = defineCondition<{ readonly service: string }>({
  name: 'service-addressed',
  reads: ['Service'],
  describe: ({ service }) => `Service ${service} with an address of its own`,
  holds: ({ service }, history) => ![undefined, '', 'None'].includes(clusterIpOf(history, service)),
  unreachable: ({ service }, history) => (clusterIpOf(history, service) === 'None' ? `Service ${service} is a headless one.` : undefined),
  seen: ({ service }, history) => `clusterIP ${clusterIpOf(history, service) ?? 'unset'}`,
})

function clusterIpOf(history: readonly HistoryEntry[], service: string): string | undefined {
  const address = field(latest(history, 'Service', service), 'spec', 'clusterIP')
  return typeof address === 'string' ? address : undefined
}
