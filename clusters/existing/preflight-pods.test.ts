import type { V1Namespace } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { ownerAnnotation } from '../../contract/annotations.ts'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import { smallResources } from '../../contract/workload.ts'
import { clusterApi } from '../api.ts'
import { type Asked, startApiServer } from '../testing/api-server.ts'
import { answersOf } from '../testing/cluster-answers.ts'
import { runPreflightPods } from './preflight-pods.ts'

test('the namespace names the process that removes it, by which the next run knows it for abandoned when that was killed', async () => {
  const made: V1Namespace[] = []
  const answer = answersOf({ refusesPods: 'no Pods here' })
  await using server = await startApiServer((asked: Asked) => {
    if (asked.method === 'POST' && asked.path === '/api/v1/namespaces') made.push(asked.body as V1Namespace)
    return answer(asked)
  })
  const options = { image: 'example/image:1', settings: {}, nodes: ['one'], log: () => undefined }
  const preflight = runPreflightPods(clusterApi(server.kubeconfig), options)
  await expect(preflight).rejects.toThrow('The cluster refuses the Pods of the suites')
  expect(made.map(({ metadata }) => metadata?.annotations)).toEqual([{ [ownerAnnotation]: ownerText(thisOwner()) }])
})

test('the Pods conform to Pod Security level restricted, which their namespace enforces, and are as the user wants Pods', async () => {
  const made: Asked[] = []
  const answer = answersOf({ refusesPods: 'exceeded quota: none' })
  await using server = await startApiServer((asked: Asked) => {
    if (asked.method === 'POST') made.push(asked)
    if (asked.path.endsWith('/secrets/registry')) {
      const data = { '.dockerconfigjson': 'e30=' }
      return { body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'registry' }, type: 'kubernetes.io/dockerconfigjson', data } }
    }
    return answer(asked)
  })
  const settings = { imagePullSecrets: ['platform/registry'], labels: { team: 'storage' }, priorityClassName: 'low' }
  const options = { image: 'example/image:1', settings, nodes: ['one'], log: () => undefined }
  await expect(runPreflightPods(clusterApi(server.kubeconfig), options)).rejects.toThrow(
    'The cluster refuses the Pods of the suites: exceeded quota: none.',
  )
  const bodies = made.map(({ body }) => body)
  expect(bodies).toMatchObject([
    { kind: 'Namespace', metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
    { kind: 'Secret', metadata: { name: 'registry' }, type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'e30=' } },
    {
      kind: 'Pod',
      metadata: { labels: { team: 'storage' } },
      spec: {
        imagePullSecrets: [{ name: 'registry' }],
        priorityClassName: 'low',
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }, resources: smallResources }],
      },
    },
  ])
})

test('a Secret for pulling images that is not there is told before any Pod is made', async () => {
  await using server = await startApiServer(answersOf({}))
  const settings = { imagePullSecrets: ['platform/registry'] }
  const options = { image: 'example/image:1', settings, nodes: ['one'], log: () => undefined }
  await expect(runPreflightPods(clusterApi(server.kubeconfig), options)).rejects.toThrow(
    'Secret platform/registry, which workload.imagePullSecrets names, does not exist in the cluster.',
  )
})

test('a container that a webhook adds and that never ends is not waited for', async () => {
  const status = (name: string, state: object, imageID = '') => ({ name, image: name, imageID, ready: true, restartCount: 0, state })
  const podStatus = () => ({
    phase: 'Running',
    containerStatuses: [status('agent', { running: {} }, 'mesh'), status('main', { terminated: { exitCode: 0 } }, 'suites')],
  })
  await using server = await startApiServer(answersOf({ podStatus }))
  const options = { image: 'example/image:1', settings: {}, nodes: ['one'], log: () => undefined }
  expect((await runPreflightPods(clusterApi(server.kubeconfig), options)).imageId).toBe('suites')
})

test('the program of the suites is there before any Pod is, where it comes from a ConfigMap', async () => {
  const made: Asked[] = []
  const answer = answersOf({ refusesPods: 'no Pods here' })
  await using server = await startApiServer((asked: Asked) => {
    if (asked.method === 'POST') made.push(asked)
    return answer(asked)
  })
  const options = { image: 'node:24', settings: { program: 'run()' }, nodes: ['one'], log: () => undefined }
  await expect(runPreflightPods(clusterApi(server.kubeconfig), options)).rejects.toThrow('The cluster refuses the Pods of the suites')
  expect(made.map(({ body }) => body)).toMatchObject([
    { kind: 'Namespace' },
    { kind: 'ConfigMap', data: { 'workload.mjs': 'run()' } },
    { kind: 'Pod', spec: { containers: [{ volumeMounts: [{ mountPath: '/opt/holdfast' }] }] } },
  ])
})
