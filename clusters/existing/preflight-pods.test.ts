import type { V1Namespace } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { ownerAnnotation } from '../../contract/annotations.ts'
import { ownerText, thisOwner } from '../../contract/owner.ts'
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
