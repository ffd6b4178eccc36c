import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { startApiServer } from '../../clusters/testing/api-server.ts'
import { answersOf, node } from '../../clusters/testing/cluster-answers.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../shell/project-root.ts'
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

/** A cluster whose Pods run at once, and which has no driver. */
const running = answersOf({
  nodes: [node('one'), node('two')],
  podStatus: () => ({
    phase: 'Succeeded',
    containerStatuses: [
      { name: 'main', image: 'x', imageID: '', ready: false, restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
    ],
  }),
})

test('--manifests looks at the cluster as a run does, writes the objects to a new file, and leaves nothing else', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const api = await startApiServer(running)
  onTestFinished(async () => api[Symbol.asyncDispose]())
  const file = join(directory, 'run.yaml')
  const runs = () => globSync('reports/out/*/run.json', { cwd: projectRoot }).length
  const before = runs()
  const images = ['--workload-image', 'registry.example.com/workload:1', '--holdfast-image', 'registry.example.com/holdfast:1']
  const words = ['run', 'pvcs', '--in-cluster', '--shards', '2', '--kubeconfig', api.kubeconfig, ...images, '--manifests', file]
  const { code, out, errors } = await saidApart(...words)
  expect(errors).toBe('')
  expect(code).toBe(0)
  expect(out).toContain(`Wrote ${file}. To start the run: kubectl create -f ${file}`)
  const objects = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Record<string, unknown>)
  const kinds = objects.map(({ kind }) => kind)
  expect(kinds[0]).toBe('Namespace')
  expect(kinds.at(-1)).toBe('Job')
  const map = objects.find(({ kind }) => kind === 'ConfigMap') as { readonly data: Readonly<Record<string, string>> }
  expect(JSON.parse(map.data['plan.json'] ?? '')).toMatchObject({ shards: 2, schemaVersion: 1 })
  // Where this machine has its kubeconfig is nobody's business in the cluster.
  expect(readFileSync(file, 'utf8')).not.toContain(api.kubeconfig)
  expect(runs()).toBe(before)
  // Nothing is overwritten.
  const again = await saidApart(...words)
  expect(again.code).toBe(3)
  expect(again.errors).toContain(`${file} cannot be written: it is there.`)
})
