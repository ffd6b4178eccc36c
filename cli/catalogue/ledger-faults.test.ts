import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { CoveredEntry } from '../../reports/model/ledger.ts'
import { ledgerFaults } from './ledger-faults.ts'

const stated: Guarantee = {
  id: 'velero/cluster-loss',
  statement: 'Another cluster brings it back.',
  level: 'MUST',
  source: { page: 'concepts/', section: '' },
  requires: [],
  mutants: [],
  proves: { 'velero.cluster-loss': {} },
}
const entry: CoveredEntry = {
  id: 'velero.cluster-loss',
  area: 'Velero',
  level: 'MUST',
  statement: 'Another cluster brings it back.',
  verdict: 'holds',
  reality: 'It does.',
  guarantees: [stated.id],
}
const catalogueOf = (...guarantees: readonly Guarantee[]) => [{ name: 'velero/cluster-loss', guarantees, labels: [] }]

test('a ledger that agrees with the guarantees has no fault', () => {
  expect(ledgerFaults([entry], catalogueOf(stated))).toEqual([])
})

test('a guarantee has to prove an entry, and one that there is', () => {
  expect(ledgerFaults([entry], catalogueOf({ ...stated, proves: {} }))).toEqual([
    'Guarantee velero/cluster-loss proves no entry of the ledger.',
  ])
  expect(ledgerFaults([entry], catalogueOf({ ...stated, proves: { 'velero.gone': {} } }))).toEqual([
    'Guarantee velero/cluster-loss proves velero.gone, which is not in the ledger.',
  ])
})

test('no entry is without a check and without a reason for that', () => {
  const open = { ...entry, guarantees: [] }
  expect(ledgerFaults([open], catalogueOf(stated))).toEqual([
    'Entry velero.cluster-loss has no check: name it in the "proves" of a guarantee, or give the reason in its "notTestable".',
  ])
  expect(ledgerFaults([{ ...open, notTestable: 'It needs two sites.' }], catalogueOf(stated))).toEqual([])
})

test('a guarantee says from which version and behind which gate it holds, as the entry that it proves does', () => {
  const gated = { ...entry, since: '1.34', gate: 'VolumeAttributesClass' }
  const fault =
    'Guarantee velero/cluster-loss proves velero.cluster-loss, which holds since 1.34 behind the gate VolumeAttributesClass: it must say the same.'
  expect(ledgerFaults([gated], catalogueOf(stated))).toEqual([fault])
  expect(ledgerFaults([gated], catalogueOf({ ...stated, since: '1.34' }))).toEqual([fault])
  expect(ledgerFaults([gated], catalogueOf({ ...stated, since: '1.34', gate: 'VolumeAttributesClass' }))).toEqual([])
  expect(ledgerFaults([{ ...gated, verdict: 'conditional', when: 'the gate is on' }], catalogueOf(stated))).toEqual([])
})
