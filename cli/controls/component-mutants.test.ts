import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { releaseOf } from '../../clusters/images/kubernetes-release.ts'
import { goModuleDirectory } from '../../clusters/images/go-programs.ts'
import { readComponentMutants } from '../../clusters/index.ts'
import { isMutantName } from '../../clusters/mutants/catalogue.ts'
import { mutatedSource } from '../../clusters/component-mutants/edit-source.ts'
import { targets } from '../../clusters/component-mutants/targets.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { provedEntries } from '../catalogue/proved-entries.ts'
import { readLedger } from '../catalogue/read-ledger.ts'
import { projectRoot } from '../shell/project-root.ts'

const mutants = readComponentMutants()
const catalogue = readCatalogue(projectRoot)
const guarantees = new Map<string, readonly string[]>(
  selectGuarantees(catalogue, []).map((guarantee) => [guarantee.id, provedEntries(guarantee)]),
)
const entries = new Set<string>(readLedger(projectRoot, catalogue).map(({ id }) => id))

test('each component has mutants', () => {
  expect(new Set(mutants.map(({ component }) => component))).toEqual(new Set(Object.keys(targets)))
})

test('names are unique, among all mutants', () => {
  const names = mutants.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index || isMutantName(name))).toEqual([])
})

test('each breaks an entry of the ledger, by a guarantee that proves it', () => {
  const wrong = mutants.filter(({ breaks, killedBy }) => !entries.has(breaks) || guarantees.get(killedBy)?.includes(breaks) !== true)
  expect(wrong.map(({ name, breaks, killedBy }) => `${name}: ${killedBy} does not prove ${breaks}`)).toEqual([])
})

/** Directories of Go modules in the module cache, in the versions that a pinning module has; none is downloaded. */
async function cached(pinned: string, modules: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const environment = { GOPROXY: 'off', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' }
  const list = ['list', '-m', '-e', '-f', '{{.Path}} {{if .Replace}}{{.Replace.Dir}}{{else}}{{.Dir}}{{end}}', ...modules]
  const { failed, stdout } = await execa('go', list, { cwd: pinned, env: environment, reject: false })
  const lines = failed ? [] : stdout.split('\n').map((line) => line.split(' ') as [string, string])
  return new Map(lines.filter(([, directory]) => directory !== '' && existsSync(directory)))
}

describe.each([...Map.groupBy(mutants, ({ component }) => component)])('%s', async (component, some) => {
  const pinned = goModuleDirectory(targets[component].program(releaseOf()).module)
  const found = await cached(pinned, [...new Set(some.map(({ module }) => module))])
  test.for([...Map.groupBy(some, ({ module, file }) => `${module} ${file}`)])('%s', ([, edits], { skip }) => {
    const path = edits.map(({ module, file }) => join(found.get(module) ?? '', file))[0] ?? ''
    if (edits.some(({ module }) => !found.has(module))) return skip('Its Go module is not in the module cache.')
    expect(mutatedSource(readFileSync(path, 'utf8'), edits)).not.toBe('')
  })
})
