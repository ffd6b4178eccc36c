import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { projectRoot } from '../shell/project-root.ts'
import { loadSuites } from './load-suites.ts'
import { loadOwnChecks } from '../own-suites/own-checks.ts'
import { readOwnSuites } from '../own-suites/read-own-suites.ts'
import { changedSuites, keeperSuites } from '../own-suites/testing/changed-suites.ts'

const ofHoldfast = readCatalogue(projectRoot)
const { signal } = new AbortController()

test('the suites of the example can be loaded, which puts nothing to the test', async () => {
  await expect(loadSuites(readOwnSuites([keeperSuites], ofHoldfast).catalogue, signal)).resolves.toBeUndefined()
})

test('suites outside of the checkout import its public entry, and one that throws is named with the line', async () => {
  const { directory, write } = changedSuites()
  const text = `import { conformance } from 'holdfast/harness'
import { installKeeper } from './keeper.ts'
const nobody = undefined
conformance(
  {
    id: 'keeper/throws',
    statement: 'It is loaded before there is a cluster.',
    level: 'MAY',
    source: { page: 'https://keeper.example.com/manual/', section: '' },
    requires: ['example.com/Keeper'],
    proves: { 'keeper.grows-in-place': { added: 'grown' } },
  },
  async ({ history }) => void history.entries.at(0, { as: 'grown' }, installKeeper),
)
nobody.install()
`
  write('throws.suite.js', text)
  const { catalogue } = readOwnSuites([directory], ofHoldfast)
  const suite = join(directory, 'throws.suite.js')
  await expect(loadSuites(catalogue, signal)).rejects.toThrow(
    `Suite ${suite} cannot be loaded: TypeError: Cannot read properties of undefined (reading 'install') (${suite}:15).`,
  )
})

test('checks that cannot be loaded are named', async () => {
  const { directory, write } = changedSuites()
  write('store.check.ts', "import { nothing } from './nowhere.ts'\nexport const check = nothing\n")
  await expect(loadOwnChecks([directory])).rejects.toThrow(
    `The checks in ${join(directory, 'store.check.ts')} cannot be loaded: Cannot find module`,
  )
})
