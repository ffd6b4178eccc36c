import { expect, test } from 'vitest'
import { type Applicability, type KnownKubernetes, whyNotApplicable, withoutInapplicable } from './applicability.ts'
import type { ClusterRecord } from './cluster-record.ts'

const on = (kubernetes: string, featureGates?: Readonly<Record<string, boolean>>): KnownKubernetes => ({
  versions: { kubernetes },
  ...(featureGates !== undefined && { featureGates }),
})

test.each<[string, readonly [Applicability, KnownKubernetes], string | undefined]>([
  ['needs nothing', [{}, on('v1.34.4')], undefined],
  ['an older version', [{ since: '1.35' }, on('v1.34.4')], 'it needs Kubernetes 1.35, and this is v1.34.4'],
  ['the version itself', [{ since: '1.35' }, on('v1.35.0')], undefined],
  ['a beta of it', [{ since: '1.38' }, on('v1.38.0-beta.0')], undefined],
  ['a version with a suffix', [{ since: '1.35' }, on('v1.36.1-eks-1234')], undefined],
  ['an unknown version', [{ since: '1.35' }, { versions: {} }], undefined],
  ['a version that is none', [{ since: '1.35' }, on('unknown')], undefined],
  ['a gate that is off', [{ gate: 'G' }, on('v1.36.3', { G: false })], 'it needs the feature gate G, which is off'],
  ['a gate that is on', [{ gate: 'G' }, on('v1.36.3', { G: true })], undefined],
  ['a gate that is gone, or unknown', [{ since: '1.30', gate: 'G' }, on('v1.36.3', {})], undefined],
  ['on by hand in an older version', [{ since: '1.36', gate: 'G' }, on('v1.35.4', { G: true })], undefined],
  ['off in a newer version', [{ since: '1.36', gate: 'G' }, on('v1.37.2', { G: false })], 'it needs the feature gate G, which is off'],
  [
    'off in an older version',
    [{ since: '1.36', gate: 'G' }, on('v1.35.4', { G: false })],
    'it needs Kubernetes 1.36 or the feature gate G, which is off, and this is v1.35.4',
  ],
])('%s', (_, [needs, cluster], why) => {
  expect(whyNotApplicable(needs, cluster)).toBe(why)
})

test('a cluster lacks a feature whose gate is off, and says so', () => {
  const record = { versions: { kubernetes: 'v1.34.4' }, features: ['VolumeAttributes', 'VolumeSnapshots'] } as unknown as ClusterRecord
  const off = { ...record, featureGates: { VolumeAttributesClass: false } }
  expect(withoutInapplicable(record)).toBe(record)
  expect(withoutInapplicable(off)).toMatchObject({
    features: ['VolumeSnapshots'],
    lacking: { VolumeAttributes: 'it needs the feature gate VolumeAttributesClass, which is off' },
  })
})
