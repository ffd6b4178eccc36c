import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApiServer } from '../../clusters/testing/api-server.ts'
import { answersOf, node } from '../../clusters/testing/cluster-answers.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { knownFailuresText } from '../../reports/testing/example-known-failures.ts'
import { said, saidApart } from '../testing/said.ts'

const nowhere = join(tmpdir(), temporaryPrefix('unit'), 'no-history')
const withoutRuns = import.meta.dirname

test.each([
  [['run', 'dns', '--history', nowhere], `The history cannot be used: There is no directory ${nowhere}.`],
  [['run', 'dns', '--dry-run', '--history', withoutRuns], `The history cannot be used: ${withoutRuns} holds no run.`],
  [['retrieve', 'holdfast-20261130-063317-ab12', '--kubeconfig', nowhere, '--history', nowhere], `There is no directory ${nowhere}.`],
  [
    ['run', 'dns', '--kubeconfig', nowhere, '--in-cluster', '--detach', '--history', nowhere],
    '--history and --detach cannot be used together: no report is made here. Give --history to "holdfast retrieve"',
  ],
])('%j is refused before anything starts', async (words, sentence) => {
  expect(await said(...words)).toEqual([3, expect.stringContaining(sentence)])
})

test('a dry run as JSON warns of known failures beside its document, not in it', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const file = join(directory, 'known.yaml')
  const entry = { guarantee: 'statefulset/none', verdict: 'Failed', why: 'It is being mended.', expires: '2026-12-31' } as const
  writeFileSync(file, knownFailuresText([{ ...entry, link: 'https://example.com/1', owner: 'storage' }]))
  await using server = await startApiServer(answersOf({ nodes: [node('one'), node('two')] }))
  const dryRun = ['run', 'statefulset', '--dry-run', '--json', '--known-failures', file, '--kubeconfig', server.kubeconfig]
  const { code, out, errors } = await saidApart(...dryRun, '--workload-image', 'registry.example.com/workload:1')
  rmSync(directory, { recursive: true })
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ cluster: { context: 'test' } })
  expect(errors).toContain(`${file} line 3: There is no guarantee statefulset/none.`)
})
