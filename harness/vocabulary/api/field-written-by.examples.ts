import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './field-written-by.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { writers: { kind: 'PersistentVolume', name: 'pv', label: 'in the end' }, path: ['spec', 'csi'], manager: 'csi-provisioner' }
const read = (...value: readonly object[]): LiteralEntry => ({
  ...{ type: 'measurement', what: 'writers', label: 'in the end', subject: { kind: 'PersistentVolume', name: 'pv' }, value },
})
const wrote = (manager: string, name: string) => ({ manager, fieldsV1: { 'f:spec': { [`f:${name}`]: {} } } })

export const fieldWrittenBy = {
  upholds: [
    { title: 'alone', params, history: historyOf(read(wrote('csi-provisioner', 'csi'))) },
    {
      title: 'while others wrote other fields',
      params,
      history: historyOf(read(wrote('kube-controller-manager', 'claimRef'), wrote('csi-provisioner', 'csi'))),
    },
  ],
  rejects: [
    { title: 'another program', params, history: historyOf(read(wrote('kubectl', 'csi'), wrote('csi-provisioner', 'claimRef'))) },
    { title: 'with another program', params, history: historyOf(read(wrote('kubectl', 'csi'), wrote('csi-provisioner', 'csi'))) },
    { title: 'nobody', params, history: historyOf(read()) },
  ],
  gaps: [{ title: 'never read', params, history: historyOf() }],
} satisfies Examples<typeof checks.fieldWrittenBy>
