import { expect, test } from 'vitest'
import { type Platform, whyNotHere } from './condition.ts'
import type { Condition } from './known-failure.ts'
import { contains } from './pattern.ts'

const platform: Platform = {
  versions: { kubernetes: 'v1.36.3' },
  driver: 'ebs.csi.aws.com',
  profile: 'existing',
  features: ['VolumeSnapshots', 'OnlineExpansion'],
  storageClass: 'fast',
  subject: { name: 'ebs.csi.aws.com', version: 'v1.40.1' },
}

const everything: Condition = {
  ...{ kubernetes: '>=1.36', driver: 'ebs.csi.aws.com', subject: 'v1.40.*', storageClass: 'fast', profile: 'existing' },
  ...{ features: ['VolumeSnapshots'], lacking: ['VolumeCloning'] },
}

test.each([undefined, {}, everything])('it holds where all of it is so: %o', (when) => {
  expect(whyNotHere(when, platform)).toBeUndefined()
})

test.each<[Condition, string]>([
  [{ kubernetes: '1.35' }, 'it is for Kubernetes 1.35, and this is v1.36.3'],
  [{ driver: 'pd.csi' }, 'it is for the driver pd.csi, and this is ebs.csi.aws.com'],
  [{ subject: 'v1.39.*' }, 'it is for the installed driver v1.39.*, and this is ebs.csi.aws.com v1.40.1'],
  [{ storageClass: 'slow' }, 'it is for the StorageClass slow, and this is fast'],
  [{ profile: 'velero' }, 'it is for clusters of profile velero, and this is existing'],
  [{ features: ['Zones', 'OnlineExpansion'] }, 'it is for clusters with Zones, which this one lacks'],
  [{ lacking: ['Zones', 'OnlineExpansion'] }, 'it is for clusters without OnlineExpansion, which this one has'],
])('%o does not hold, and why', (when, why) => {
  expect(whyNotHere({ ...everything, features: [], lacking: [], ...when }, platform)).toBe(why)
})

test('what a platform does not say holds for no condition', () => {
  const { storageClass: _, subject: __, ...silent } = { ...platform, versions: {} }
  expect(whyNotHere({ kubernetes: '>=1.0' }, silent)).toBe('it is for Kubernetes >=1.0, and this is unknown')
  expect(whyNotHere({ storageClass: 'fast' }, silent)).toBe('it is for the StorageClass fast, and this is unknown')
  expect(whyNotHere({ subject: '*' }, silent)).toBe('it is for the installed driver *, and none was installed')
})

test.each([
  ['Pod hf-x/web-1 was created (early).', 'Pod hf-*/web-1 was created', true],
  ['Pod hf-x/web-1 was created (early).', 'created (early).', true],
  ['Pod hf-x/web-1 was created (early).', 'CREATED', false],
  ['Pod web-1', 'Pod.web', false],
  ['one\ntwo', 'one*two', false],
  ['one\ntwo', 'two', true],
])('%j contains %j: %s', (text, pattern, is) => {
  expect(contains(text, pattern)).toBe(is)
})
