import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './request-refused.ts'
import type { Cause } from '../../engine/history/history-entry.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const size = 'spec.resources.requests.storage'
const pvc = { verb: 'patch', kind: 'PersistentVolumeClaim', name: 'data' } as const
const params = { ...pvc, code: 422, fields: [size] } as const
const both = { ...pvc, code: 422, fields: [size, 'spec.volumeName'] } as const
const forbidden = { ...pvc, code: 403, says: 'exceeded quota: storage' } as const
const act = { type: 'act', actId: '1', verb: 'patch', subject: { kind: 'PersistentVolumeClaim', name: 'data' } } as const
const requested: LiteralEntry = { ...act, phase: 'requested', request: { spec: { resources: { requests: { storage: '300Mi' } } } } }
const rejected = (code: number, causes?: readonly Cause[], message = 'in words'): LiteralEntry => ({
  ...act,
  phase: 'rejected',
  answer: { code, reason: 'Reason', message, ...(causes && { causes }) },
})
const forField = (...fields: readonly string[]) =>
  rejected(
    422,
    fields.map((field) => ({ reason: 'FieldValueForbidden', field })),
  )

export const requestRefused = {
  upholds: [
    { title: 'refused as invalid', params, history: historyOf(requested, forField(size)) },
    { title: 'refused for what the field is part of', params, history: historyOf(requested, forField('spec')) },
    { title: 'refused for another field as well', params, history: historyOf(requested, forField('spec.volumeName', size)) },
    {
      title: 'two requests refused, each for its field',
      params: both,
      history: historyOf(requested, forField(size), requested, forField('spec.volumeName')),
    },
    {
      title: 'refused by a plug-in that says why',
      params: forbidden,
      history: historyOf(requested, rejected(403, undefined, 'forbidden: exceeded quota: storage, requested: 300Mi')),
    },
  ],
  rejects: [
    { title: 'accepted', params, history: historyOf(requested, { ...act, phase: 'accepted' }) },
    { title: 'refused with another code', params, history: historyOf(requested, rejected(403)) },
    { title: 'refused for another field', params, history: historyOf(requested, forField('spec.accessModes')) },
    { title: 'refused for a field whose name it begins with', params, history: historyOf(requested, forField('spec.resources.req')) },
    { title: 'refused for a field within it', params, history: historyOf(requested, forField(`${size}.value`)) },
    { title: 'refused for no field', params, history: historyOf(requested, rejected(422)) },
    {
      title: 'two requests refused, the second for another field',
      params,
      history: historyOf(requested, forField(size), requested, forField('spec.volumeName')),
    },
    { title: 'one of two fields named by no refusal', params: both, history: historyOf(requested, forField(size)) },
    {
      title: 'refused by another plug-in',
      params: forbidden,
      history: historyOf(requested, rejected(403, undefined, 'User "stranger" cannot patch resource "persistentvolumeclaims"')),
    },
  ],
  gaps: [
    { title: 'no answer arrived', params, history: historyOf(requested, { ...act, phase: 'unknown' }) },
    { title: 'the server broke', params, history: historyOf(requested, rejected(500)) },
    { title: 'never asked', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.requestRefused>
