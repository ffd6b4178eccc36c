import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './driver-listed-on.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { driver: 'csi.example.com', nodes: ['one', 'two'] }
const listing = (node: string, ...drivers: readonly string[]) =>
  seen('CSINode', node, { spec: { drivers: drivers.map((name) => ({ name, nodeID: node })) } })
const others = [listing('two', 'csi.example.com'), listing('plane')]

export const driverListedOn = {
  upholds: [
    { title: 'on both alone', params, history: historyOf(listing('one', 'csi.example.com'), ...others) },
    { title: 'beside another driver', params, history: historyOf(listing('one', 'other.example.com', 'csi.example.com'), ...others) },
  ],
  rejects: [
    { title: 'missing on one', params, history: historyOf(listing('one'), ...others) },
    { title: 'under another name', params, history: historyOf(listing('one', 'other.example.com'), ...others) },
    {
      title: 'on a node without it',
      params,
      history: historyOf(listing('one', 'csi.example.com'), ...others, listing('plane', 'csi.example.com')),
    },
    {
      title: 'without an ID',
      params,
      history: historyOf(seen('CSINode', 'one', { spec: { drivers: [{ name: 'csi.example.com' }] } }), ...others),
    },
  ],
  gaps: [
    { title: 'a node never seen', params, history: historyOf(...others) },
    { title: 'no node without it', params, history: historyOf(listing('one', 'csi.example.com'), listing('two', 'csi.example.com')) },
  ],
} satisfies Examples<typeof checks.driverListedOn>
