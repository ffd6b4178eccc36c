import { expect, test } from 'vitest'
import { saidApart } from '../testing/said.ts'

test.each([
  [['--shards', '2'], '--shards only applies to a run in a cluster. Add --in-cluster.'],
  [['--detach'], '--detach only applies to a run in a cluster. Add --in-cluster.'],
  [['--in-cluster'], '--in-cluster needs a cluster that is there. Add --kubeconfig <file>'],
  [['--in-cluster', '--shards', '0'], 'It must be a whole number of at least 1.'],
  [['--in-cluster', '--detach', '--manifests', 'run.yaml'], '--detach and --manifests cannot be used together.'],
])('run %j gets one sentence with its fix, and makes nothing', async (flags, sentence) => {
  const { code, errors } = await saidApart('run', ...flags)
  expect(code).toBe(3)
  expect(errors).toContain(sentence)
})

test('a shard outside of a Pod says so', async () => {
  const { code, errors } = await saidApart('shard')
  expect(code).toBe(3)
  expect(errors).toContain('This is no Pod of a shard')
})
