import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApiServer } from '../../clusters/testing/api-server.ts'
import { answersOf, node } from '../../clusters/testing/cluster-answers.ts'
import { changedSuites, keeperSuites } from '../own-suites/testing/changed-suites.ts'
import { said, saidApart } from '../testing/said.ts'

const ids = ['keeper/gets-pods-and-volumes', 'keeper/grows-in-place', 'keeper/volumes-outlive-store']

test('guarantees --suites lists what their ledger states', async () => {
  const { out } = await saidApart('guarantees', '--suites', keeperSuites, '--json')
  const listed = JSON.parse(out) as readonly { readonly id: string; readonly guarantees: readonly string[]; readonly reason?: string }[]
  expect(listed.flatMap(({ guarantees }) => guarantees).toSorted()).toEqual(ids)
  expect(listed.at(-1)).toMatchObject({ id: 'keeper.five-hundred-stores', reason: 'A cluster of a few nodes has no room for 500 stores.' })
  const [code, text] = await said('guarantees', '--suites', keeperSuites, '--write')
  expect([code, text]).toEqual([
    3,
    '--write and --suites cannot be used together. docs/guarantees.md has the guarantees of Holdfast alone.\n',
  ])
})

test('rbac --suites prints what Holdfast itself needs, and that nobody knows the rest yet', async () => {
  const [code, text] = await said('rbac', '--suites', keeperSuites)
  expect(code).toBeUndefined()
  expect(text).toContain('# What 3 guarantees need on a cluster that Holdfast did not create, and Holdfast itself.\n')
  expect(text).toContain(`# Of these no run has shown yet what they need: ${ids.join(', ')}.\n`)
  expect(text).toContain('kind: ClusterRole')
})

test('a dry run plans them, with a feature of their own lacking until it is declared, and loads them first', async () => {
  const { directory, replace } = changedSuites()
  replace('grows-in-place.suite.ts', "['DynamicProvisioning']", "['DynamicProvisioning', 'example.com/Keeper']")
  await using server = await startApiServer(answersOf({ nodes: [node('one'), node('two')] }))
  const dryRun = ['run', '--suites', directory, '--dry-run', '--json', '--kubeconfig', server.kubeconfig]
  const image = ['--workload-image', 'registry.example.com/workload:1']
  const { code, out } = await saidApart(...dryRun, ...image)
  expect(code).toBe(0)
  const { guarantees } = JSON.parse(out) as {
    readonly guarantees: readonly { readonly id: string; readonly outcome: string; readonly why?: string }[]
  }
  expect(guarantees.map(({ id }) => id)).toEqual(ids)
  expect(guarantees[1]?.why).toContain('example.com/Keeper (a feature of your own that nobody declared: add --declare example.com/Keeper)')
  const declared = await saidApart(...dryRun, ...image, '--declare', 'example.com/Keeper')
  expect(declared.out).not.toContain('nobody declared')
  replace('keeper.ts', 'const programName', "const none = JSON.parse('{')\nconst programName")
  const broken = await saidApart(...dryRun, ...image)
  expect(broken.code).toBe(3)
  expect(broken.errors).toContain(`cannot be loaded: SyntaxError: Expected property name or '}' in JSON at position 1`)
  expect(broken.errors).toContain(`${join(directory, 'keeper.ts')}:5`)
})

test('flags that make no sense are refused', async () => {
  expect(await said('run', '--suites', '/nowhere', '--dry-run')).toEqual([
    3,
    '--suites names /nowhere, and there is no directory /nowhere. Name a directory that has *.suite.ts or *.suite.js, and a folder ledger.\n',
  ])
})
