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
    touched: (node) => reverts.register(`node ${node}`, async () => void done.push('whole')),
    reverts,
    signal: new AbortController().signal,
  })
  await acts.graceAtShutdown('worker')
  await acts.shutDown('worker')
  expect(await tearDown(reverts.take())).toEqual([])
  expect(done).toEqual(['configure-kubelet-of', 'shut-down', 'wait', 'whole', 'reset-kubelet-of'])
})
