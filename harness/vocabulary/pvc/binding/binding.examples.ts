import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './binding.ts'
import { historyOf, pvcSeen, pvSeen, seen } from '../../../engine/history/literal.ts'

const pending = (name: string) => seen('PersistentVolumeClaim', name, { status: { phase: 'Pending' } })
const both = { pvcs: ['one', 'other'], phase: 'Pending' } as const

export const pvcsIn = {
  holds: [
    { title: 'both Pending', params: both, history: historyOf(pending('one'), pending('other')) },
    {
      title: 'Lost',
      params: { pvcs: ['one'], phase: 'Lost' } as const,
      history: historyOf(pvcSeen('one'), pvcSeen('one', { status: { phase: 'Lost' } })),
    },
  ],
  not: [
    { title: 'one Bound', params: both, history: historyOf(pending('one'), pvcSeen('other')) },
    { title: 'one never seen', params: both, history: historyOf(pending('one')) },
  ],
} satisfies Examples<typeof conditions.pvcsIn>

const asks = { pvc: 'one', provisioner: 'ebs.csi.aws.com' }
const asking = (provisioner: string) =>
  seen('PersistentVolumeClaim', 'one', { annotations: { 'volume.kubernetes.io/storage-provisioner': provisioner } })

export const provisionerAsked = {
  holds: [{ title: 'asks', params: asks, history: historyOf(pending('one'), asking('ebs.csi.aws.com')) }],
  not: [
    { title: 'asks nobody yet', params: asks, history: historyOf(pending('one')) },
    { title: 'asks another', params: asks, history: historyOf(asking('csi-hostpath.holdfast.dev')) },
  ],
} satisfies Examples<typeof conditions.provisionerAsked>

const warning = (name: string, component: string) =>
  seen('Event', 'one.1', { type: 'Warning', involvedObject: { name }, source: { component } })

const ofPvc = { pvc: 'one', by: 'csi-hostpath.holdfast.dev' }

export const pvcWarned = {
  holds: [{ title: 'warned', params: ofPvc, history: historyOf(pending('one'), warning('one', 'csi-hostpath.holdfast.dev_controller')) }],
  not: [
    { title: 'about another', params: ofPvc, history: historyOf(pending('one'), warning('other', 'csi-hostpath.holdfast.dev')) },
    { title: 'by another', params: ofPvc, history: historyOf(pending('one'), warning('one', 'persistentvolume-controller')) },
    { title: 'no warning', params: ofPvc, history: historyOf(pending('one')) },
  ],
} satisfies Examples<typeof conditions.pvcWarned>

const available = { volumes: ['small', 'large'], phase: 'Available' } as const
const free = (name: string) => pvSeen(name, { status: { phase: 'Available' } })

export const volumesIn = {
  holds: [{ title: 'both Available', params: available, history: historyOf(free('small'), free('large')) }],
  not: [
    {
      title: 'one Bound',
      params: available,
      history: historyOf(free('small'), pvSeen('large', { spec: { claimRef: { name: 'data' } } })),
    },
    { title: 'one never seen', params: available, history: historyOf(free('small')) },
    { title: 'one gone', params: available, history: historyOf(free('small'), free('large'), pvSeen('large', { event: 'DELETED' })) },
  ],
} satisfies Examples<typeof conditions.volumesIn>

const params = { pvc: 'data' }
const going = [pvcSeen('data', { terminating: true }), pvSeen('pv-of-data', { terminating: true })] as const

export const volumeTerminating = {
  holds: [{ title: 'both', params, history: historyOf(...going) }],
  not: [
    { title: 'the PVC only', params, history: historyOf(going[0], pvSeen('pv-of-data')) },
    { title: 'the volume only', params, history: historyOf(pvcSeen('data'), going[1]) },
    { title: 'gone', params, history: historyOf(...going, pvcSeen('data', { event: 'DELETED' })) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.volumeTerminating>

const pvcs = { pvcs: ['data', 'more'] }

export const boundBothWays = {
  holds: [
    { title: 'all four', params: pvcs, history: historyOf(pvcSeen('data'), pvcSeen('more'), pvSeen('pv-of-data'), pvSeen('pv-of-more')) },
  ],
  not: [
    {
      title: 'of one volume nothing was seen yet',
      params: pvcs,
      history: historyOf(pvcSeen('data'), pvcSeen('more'), pvSeen('pv-of-data')),
    },
    {
      title: 'one volume not yet',
      params: pvcs,
      history: historyOf(
        ...[pvcSeen('data'), pvcSeen('more'), pvSeen('pv-of-data')],
        pvSeen('pv-of-more', { status: { phase: 'Available' } }),
      ),
    },
    {
      title: 'one PVC not yet',
      params: pvcs,
      history: historyOf(
        ...[pvcSeen('data'), pvcSeen('more', { status: { phase: 'Pending' } })],
        ...[pvSeen('pv-of-data'), pvSeen('pv-of-more')],
      ),
    },
    { title: 'never seen', params: pvcs, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.boundBothWays>

const named = { namespace: 'hf-example' }

export const namespaceGone = {
  holds: [{ title: 'gone', params: named, history: historyOf(seen('Namespace', 'hf-example', { event: 'DELETED' })) }],
  not: [
    {
      title: 'on its way',
      params: named,
      history: historyOf(seen('Namespace', 'hf-example', { terminating: true, status: { phase: 'Terminating' } })),
    },
    { title: 'never seen', params: named, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.namespaceGone>
