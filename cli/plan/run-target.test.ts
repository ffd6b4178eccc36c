import { expect, test } from 'vitest'
import { writtenFiles } from '../../clusters/testing/written-files.ts'
import { type TargetFlags, targetOf } from './run-target.ts'

const files = writtenFiles('kubeconfig')
const installing = { driver: 'driver.yaml', install: ['deploy'] }

test('a driver that is installed goes on a new cluster, with all that the flags say of it', () => {
  const flags = { ...installing, imageArchive: ['driver.tar'], storageClass: 'fast', declare: ['BlockVolumes'] as const }
  expect(targetOf(flags, {})).toEqual({
    kind: 'new',
    install: {
      driver: 'driver.yaml',
      install: ['deploy'],
      imageArchives: ['driver.tar'],
      storageClass: 'fast',
      declared: ['BlockVolumes'],
    },
  })
  expect(targetOf({}, {})).toEqual({ kind: 'new' })
  expect(targetOf({ cluster: 'holdfast-a' }, {})).toEqual({ kind: 'kept', name: 'holdfast-a' })
})

test.each<[string, TargetFlags, 'velero' | undefined, string]>([
  ['no definition', { install: ['deploy'] }, undefined, '--install needs the definition of the driver.'],
  ['a cluster that is there', { ...installing, cluster: 'holdfast-a' }, undefined, '--cluster and --install cannot be used together.'],
  ['backups', installing, 'velero', '--install and the profile velero cannot be used together.'],
  [
    'a workload image',
    { ...installing, workloadImage: 'x:1' },
    undefined,
    '--workload-image only applies to a cluster that Holdfast did not create.',
  ],
  [
    'both',
    { ...installing, declare: ['BlockVolumes'], undeclare: ['BlockVolumes'] },
    undefined,
    'BlockVolumes is both declared and undeclared.',
  ],
  ['an archive alone', { imageArchive: ['driver.tar'] }, undefined, '--image-archive only applies with --install.'],
  [
    'a driver that is there',
    { driver: 'driver.yaml', cluster: 'holdfast-a' },
    undefined,
    '--driver only applies to a cluster that Holdfast did not create, or with --install.',
  ],
])('a driver with %s is refused', (...[, flags, profile, sentence]) => {
  expect(() => targetOf(flags, profile === undefined ? {} : { profile })).toThrow(sentence)
})

test('nothing is installed on a cluster of somebody else', () => {
  const kubeconfig = files.write('contexts: [{name: one}]\ncurrent-context: one\n')
  expect(targetOf({ kubeconfig, storageClass: 'fast' }, {})).toEqual({ kind: 'foreign', cluster: { kubeconfig, storageClass: 'fast' } })
  expect(() => targetOf({ ...installing, kubeconfig }, {})).toThrow('--install and --kubeconfig cannot be used together.')
  expect(() => targetOf({ imageArchive: ['driver.tar'], kubeconfig }, {})).toThrow(
    '--image-archive and --kubeconfig cannot be used together.',
  )
})
