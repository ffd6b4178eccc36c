import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './dumps-are.ts'
import type { StoredObject } from '../velero/store/bucket.ts'
import type { FoundDump } from './dumps-in.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const found = { pod: 'keeper', label: 'after' }
const whole: FoundDump = { name: 'shop-1.sql.gz', bytes: 900, sha256: 'a', whole: true }
const hollow: FoundDump = { name: 'shop-2.sql.gz', bytes: 20, sha256: 'b', whole: false }
const read = (...value: readonly FoundDump[]) => measured('dumps', 'after', { pod: 'keeper', value })
const unread = { title: 'never read', history: historyOf() }

const both = { found, whole: 1, hollow: 1 }

export const dumpsAre = {
  upholds: [
    { title: 'one of each', params: both, history: historyOf(read(whole, hollow)) },
    { title: 'none, as is to be', params: { found, whole: 0, hollow: 0 }, history: historyOf(read()) },
  ],
  rejects: [
    { title: 'both whole', params: both, history: historyOf(read(whole, { ...hollow, whole: true })) },
    { title: 'one is missing', params: both, history: historyOf(read(whole)) },
  ],
  gaps: [{ ...unread, params: both }],
} satisfies Examples<typeof checks.dumpsAre>

const first = { found, names: ['shop-1.sql.gz'] }

export const dumpsLeft = {
  upholds: [
    { title: 'as named', params: first, history: historyOf(read(whole)) },
    { title: 'none', params: { found, names: [] }, history: historyOf(read()) },
  ],
  rejects: [
    { title: 'one is gone', params: first, history: historyOf(read()) },
    { title: 'one was kept', params: first, history: historyOf(read(whole, hollow)) },
  ],
  gaps: [{ ...unread, params: first }],
} satisfies Examples<typeof checks.dumpsLeft>

const stored = { pod: 'hf-example', label: 'after' }
const params = { found, stored, objects: 1 }
const bucket = (...value: readonly StoredObject[]) => measured('stored-objects', 'after', { pod: 'hf-example', value })
const same: StoredObject = { key: whole.name, bytes: 900, sha256: 'a' }

export const dumpsStored = {
  upholds: [
    { title: 'the whole one', params, history: historyOf(read(whole, hollow), bucket(same)) },
    { title: 'none, as is to be', params: { ...params, objects: 0 }, history: historyOf(read(whole), bucket()) },
  ],
  rejects: [
    { title: 'nothing there', params, history: historyOf(read(whole), bucket()) },
    { title: 'other bytes', params, history: historyOf(read(whole), bucket({ ...same, sha256: 'c' })) },
    { title: 'the hollow one', params, history: historyOf(read(whole, hollow), bucket({ key: hollow.name, bytes: 20, sha256: 'b' })) },
  ],
  gaps: [
    { title: 'the bucket was never read', params, history: historyOf(read(whole)) },
    { title: 'the dumps were never read', params, history: historyOf(bucket(same)) },
  ],
} satisfies Examples<typeof checks.dumpsStored>
