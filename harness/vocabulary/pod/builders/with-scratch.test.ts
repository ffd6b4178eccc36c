import { expect, test } from 'vitest'
import { statefulSet } from '../../statefulset/builders/stateful-set.ts'
import { scratchDirectory, withScratch } from './with-scratch.ts'

test('mounts an emptyDir beside the volume of the Pod', () => {
  const set = statefulSet('web', { cluster: { workloadImage: 'workload', storageClass: 'fast' }, replicas: 1, data: '1Gi' })
  expect(withScratch(set).spec.template.spec).toMatchObject({
    containers: [
      {
        volumeMounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'scratch', mountPath: scratchDirectory },
        ],
      },
    ],
    volumes: [{ name: 'scratch', emptyDir: {} }],
  })
})
