import { expect, test } from 'vitest'
import { programMap, withSettings } from './workload.ts'

const pod = {
  spec: {
    containers: [{ name: 'main', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
    initContainers: [{ name: 'first', volumeMounts: [] }],
    volumes: [{ name: 'data' }],
  },
}

test('without a program a Pod keeps its volumes', () => {
  const { spec } = withSettings(pod, { programFromConfigMap: true })
  expect(spec.volumes).toEqual(pod.spec.volumes)
  expect(spec.containers[0]?.volumeMounts).toEqual(pod.spec.containers[0]?.volumeMounts)
})

test('a program from a ConfigMap is in every container, behind what the Pod mounts itself', () => {
  const { spec } = withSettings(pod, { program: 'run()' })
  const { name } = programMap('run()').metadata
  const mount = { name, mountPath: '/opt/holdfast', readOnly: true }
  expect(spec.volumes).toEqual([{ name: 'data' }, { name, configMap: { name, defaultMode: 0o555 } }])
  expect(spec.containers[0]?.volumeMounts).toEqual([{ name: 'data', mountPath: '/data' }, mount])
  expect(spec.initContainers[0]).toMatchObject({ name: 'first', volumeMounts: [mount] })
})

test('what was read with the program already in it does not get it twice', () => {
  const settings = { program: 'run()' }
  const once = withSettings(pod, settings)
  expect(withSettings(once, settings)).toEqual(once)
})

test('the ConfigMap has the program, and stands in for commands that its image may lack', () => {
  expect(programMap('run()').data).toEqual({ 'workload.mjs': 'run()', getfattr: '#!/bin/sh\n', setfattr: '#!/bin/sh\n' })
})
