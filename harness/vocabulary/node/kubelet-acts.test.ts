import { expect, test } from 'vitest'
import { openReverts } from '../../engine/fixtures/reverts.ts'
import { tearDown } from '../../engine/fixtures/tear-down.ts'
import { kubeletActs } from './kubelet-acts.ts'

test('a kubelet has its own configuration again once its node is whole', async () => {
  const done: string[] = []
  const reverts = openReverts()
  const noted = async (verb: string) => String(done.push(verb))
  const acts = kubeletActs({
    change: () => ({ engine: noted, inNode: noted }),
    mustBeOurs: () => undefined,
    touched: (node) => reverts.register(`node ${node}`, async () => void done.push('whole')),
    reverts,
    signal: new AbortController().signal,
  })
  await acts.graceAtShutdown('worker')
  await acts.shutDown('worker')
  expect(await tearDown(reverts.take())).toEqual([])
  expect(done).toEqual(['configure-kubelet-of', 'shut-down', 'wait', 'whole', 'reset-kubelet-of'])
})

test('a node that may not be changed is left alone, also in the end', async () => {
  const reverts = openReverts()
  const untouched = async () => Promise.reject(new Error('The node was touched.'))
  const acts = kubeletActs({
    change: () => ({ engine: untouched, inNode: untouched }),
    mustBeOurs: (node) => {
      throw new Error(`Node ${node} may not be changed.`)
    },
    touched: () => undefined,
    reverts,
    signal: new AbortController().signal,
  })
  await expect(acts.graceAtShutdown('theirs')).rejects.toThrow('Node theirs may not be changed.')
  expect(reverts.take()).toEqual([])
})
