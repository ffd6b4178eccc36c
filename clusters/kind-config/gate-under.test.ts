import { expect, test } from 'vitest'
import { releaseOf } from '../images/kubernetes-release.ts'
import { type GateUnder, gateUnder } from './gate-under.ts'

const release = releaseOf('1.37')
const alpha = 'MutablePVNodeAffinity'
const beta = 'MaxUnavailableStatefulSet'
const stable = 'VolumeAttributesClass'

interface Case {
  readonly gates: Readonly<Record<string, boolean>>
  readonly gate: string
  readonly expected: GateUnder
}

test.each<[string, Case]>([
  ['an alpha gate is off by default', { gates: {}, gate: alpha, expected: { isOn: false, by: undefined } }],
  ['a beta gate may be on by default', { gates: {}, gate: beta, expected: { isOn: true, by: undefined } }],
  ['AllAlpha moves alpha gates', { gates: { AllAlpha: true }, gate: alpha, expected: { isOn: true, by: 'AllAlpha' } }],
  ['AllAlpha moves no beta gate', { gates: { AllAlpha: false }, gate: beta, expected: { isOn: true, by: undefined } }],
  ['AllBeta moves beta gates', { gates: { AllBeta: false }, gate: beta, expected: { isOn: false, by: 'AllBeta' } }],
  ['AllBeta moves no alpha gate', { gates: { AllBeta: true }, gate: alpha, expected: { isOn: false, by: undefined } }],
  ['neither moves a stable gate', { gates: { AllAlpha: false, AllBeta: false }, gate: stable, expected: { isOn: true, by: undefined } }],
  [
    'what is set itself counts before its stage',
    { gates: { AllBeta: false, [beta]: true }, gate: beta, expected: { isOn: true, by: beta } },
  ],
  ['a gate that is not there is off', { gates: { AllAlpha: true }, gate: 'NoSuchGate', expected: { isOn: false, by: undefined } }],
])('%s', (_, { gates, gate, expected }) => {
  expect(gateUnder(gate, gates, release)).toEqual(expected)
})
