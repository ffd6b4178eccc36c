import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { readLedger } from '../catalogue/read-ledger.ts'
import { failureText } from '../shell/failure.ts'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'
import { readOwnSuites } from './read-own-suites.ts'
import { type ChangedSuites, changedSuites, keeperSuites } from './testing/changed-suites.ts'

const ofHoldfast = readCatalogue(projectRoot)
const suite = 'grows-in-place.suite.ts'

/** What is said of suites, with `<suites>` for their directory. */
function refusal(change: (suites: ChangedSuites) => void): string {
  const suites = changedSuites()
  change(suites)
  try {
    readOwnSuites([suites.directory], ofHoldfast)
    return 'nothing'
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return failureText(error).replaceAll(suites.directory, '<suites>')
  }
}

test('the suites of the example are read with their ledger, and none of them is in the catalogue or the coverage of Holdfast', () => {
  const { catalogue, ledger, directories } = readOwnSuites([keeperSuites], ofHoldfast)
  const ids = catalogue.flatMap(({ guarantees }) => guarantees.map(({ id }) => id))
  expect(ids).toEqual(['keeper/gets-pods-and-volumes', 'keeper/grows-in-place', 'keeper/volumes-outlive-store'])
  expect(catalogue.flatMap(({ guarantees }) => guarantees.flatMap(({ mutants }) => mutants))).toEqual([])
  expect(directories).toMatchObject([{ name: 'keeper', path: keeperSuites }])
  expect(ledger.map(({ id, guarantees }) => [id, guarantees])).toEqual([
    ['keeper.pods-and-volumes', ['keeper/gets-pods-and-volumes']],
    ['keeper.volumes-outlive-store', ['keeper/volumes-outlive-store']],
    ['keeper.grows-in-place', ['keeper/grows-in-place']],
    ['keeper.five-hundred-stores', []],
  ])
  expect(ledger[0]?.documents).toEqual({ 'The manual of Keeper': ['Stores'] })
  expect(ofHoldfast.flatMap(({ guarantees }) => guarantees).filter(({ id }) => ids.includes(id))).toEqual([])
  expect(readLedger(projectRoot, ofHoldfast).filter(({ id }) => id.startsWith('keeper.'))).toEqual([])
})

test('a directory outside of the checkout is read as well, whatever its name', () => {
  expect(refusal(() => undefined)).toBe('nothing')
})

const literal = 'Write the guarantee as a plain literal with id, statement, level, source, requires and proves.'
const contradiction = 'Correct either of them: the ledger says what is stated, "proves" what is shown.'
const ledgerFix = 'Correct the file; docs/write-your-own-suites.md says what is in it.'

test.each<[what: string, change: (suites: ChangedSuites) => void, says: string]>([
  [
    'an id of Holdfast',
    ({ replace }) => replace(suite, "id: 'keeper/", "id: 'statefulset/"),
    `Suite <suites>/${suite} line 4 has guarantee statefulset/grows-in-place, and statefulset/ is of Holdfast. Begin the ids of your guarantees with another word, such as the name of your operator.`,
  ],
  [
    'an id that there is twice',
    ({ replace }) => replace(suite, 'keeper/grows-in-place', 'keeper/volumes-outlive-store'),
    `Guarantee keeper/volumes-outlive-store is defined twice: in suite <suites>/${suite} and in suite <suites>/volumes-outlive-store.suite.ts. Give each guarantee its own id.`,
  ],
  [
    'a clause that there is not',
    ({ replace }) => replace(suite, 'added:', 'more:'),
    `Suite <suites>/${suite} line 4: Guarantee keeper/grows-in-place decides clause more of keeper.grows-in-place, which has added, kept. ${contradiction}`,
  ],
  [
    'a label that no judgement has',
    ({ replace }) => replace(suite, "added: 'all-ready'", "added: 'ready'"),
    `Suite <suites>/${suite} line 4: Guarantee keeper/grows-in-place proves keeper.grows-in-place by judgement ready, but none of its judgements has that label. ${contradiction}`,
  ],
  [
    'an entry of the ledger of Holdfast',
    ({ replace }) => replace(suite, "'keeper.grows-in-place'", "'statefulset.ordered-startup'"),
    `Suite <suites>/${suite} line 4: Guarantee keeper/grows-in-place proves statefulset.ordered-startup, which is not in the ledger. ${contradiction}`,
  ],
  [
    'a mutant',
    ({ replace }) => replace(suite, 'proves:', "mutants: ['volume-not-mounted'], proves:"),
    `Suite <suites>/${suite} line 4 has a guarantee whose mutants must be left out: mutants run against the suites of Holdfast alone. ${literal}`,
  ],
  [
    'a feature that there is not',
    ({ replace }) => replace(suite, 'DynamicProvisioning', 'DynamicProvisionin'),
    `Suite <suites>/${suite} line 4 has a guarantee whose requires.0 names DynamicProvisionin, which is no feature. Did you mean DynamicProvisioning? One of your own is written as example.com/DynamicProvisionin. ${literal}`,
  ],
  [
    'a suite that is no TypeScript',
    ({ write }) => write(suite, 'const one = 1\nconformance('),
    `Suite <suites>/${suite} line 2 is not valid TypeScript: Expected \`)\` but found \`EOF\`. Correct that line.`,
  ],
  [
    'a suite without a guarantee',
    ({ write }) => write(suite, ''),
    `Suite <suites>/${suite} has no guarantee. Call conformance({ id: … }, async ({ … }) => { … }), or remove the file.`,
  ],
  [
    'a check in a suite',
    ({ replace }) => replace(suite, 'import { inst', 'defineCheck({})\nimport { inst'),
    `<suites>/${suite} line 2 calls defineCheck, and its name does not end with .check.ts or .check.js. Move what you define into a file of that name, and import it in the suite: "holdfast recheck --suites" loads such files.`,
  ],
  [
    'a check that needs Vitest',
    ({ replace }) => replace('store.check.ts', 'holdfast/define', 'holdfast/harness'),
    `<suites>/store.check.ts line 1 imports holdfast/harness, which only suites can load. Import holdfast/define instead: it has all that checks and conditions are made of.`,
  ],
  [
    'a ledger that is no YAML',
    ({ write }) => write('ledger/keeper.yaml', 'title: Keeper\nentries: [\n'),
    `Ledger file <suites>/ledger/keeper.yaml line 3 is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. ${ledgerFix}`,
  ],
  [
    'a field of the ledger that is wrong',
    ({ replace }) => replace('ledger/keeper.yaml', 'level: MAY', 'level: MAYBE'),
    `Ledger file <suites>/ledger/keeper.yaml line 37 has an invalid entries.3.level: Invalid option: expected one of "MUST"|"SHOULD"|"MAY". ${ledgerFix}`,
  ],
  [
    'a document without a title',
    ({ replace }) => replace('ledger/keeper.yaml', 'manual: [Limits]', 'book: [Limits]'),
    `Ledger file <suites>/ledger/keeper.yaml line 36 names document book, which has no title in documents.yaml. ${ledgerFix}`,
  ],
  [
    'an area of the ledger of Holdfast',
    ({ write }) =>
      write('ledger/pod.yaml', 'title: Pods\nentries:\n  - { id: pod.own, level: MAY, statement: So., verdict: holds, reality: So. }\n'),
    'Ledger file <suites>/ledger/pod.yaml line 3 has entry pod.own, and the area pod is of Holdfast. Name the file and the area otherwise, such as after your operator.',
  ],
  [
    'a clause without the branch that a conditional entry needs',
    ({ replace }) => replace('ledger/keeper.yaml', 'verdict: holds', 'verdict: conditional\n    when: asked for'),
    `Ledger file <suites>/ledger/keeper.yaml line 3: Clause pods of keeper.pods-and-volumes must say its branch: keeper.pods-and-volumes is conditional. ${contradiction}`,
  ],
  [
    'no ledger',
    ({ directory }) => rmSync(join(directory, 'ledger'), { recursive: true }),
    'There is no ledger in <suites>. Add ledger/<area>.yaml with the statements that your suites prove; docs/write-your-own-suites.md shows one.',
  ],
])('%s is refused in one sentence that says where', (_what, change, says) => {
  expect(refusal(change)).toBe(says)
})

test('an entry that nothing checks yet is no mistake', () => {
  const line = '  - { id: keeper.later, level: MAY, statement: So., verdict: holds, reality: So. }\n'
  const suites = changedSuites()
  suites.replace('ledger/keeper.yaml', 'entries:\n', `entries:\n${line}`)
  const { ledger } = readOwnSuites([suites.directory], ofHoldfast)
  expect(ledger[0]).toMatchObject({ id: 'keeper.later', guarantees: [] })
})

test.each<[named: readonly string[], says: string]>([
  [['/nowhere/suites'], '--suites names /nowhere/suites, and there is no directory /nowhere/suites.'],
  [[join(keeperSuites, 'keeper.ts')], `--suites names ${join(keeperSuites, 'keeper.ts')}, which is no directory.`],
  [[join(keeperSuites, 'controller')], `There are no suites in ${join(keeperSuites, 'controller')}.`],
  [[join(projectRoot, 'suites')], `--suites names ${join(projectRoot, 'suites')}, which holds what Holdfast itself is made of.`],
  [[projectRoot], `--suites names ${projectRoot}, which holds what Holdfast itself is made of.`],
  [[keeperSuites, `${keeperSuites}/`], `--suites names ${keeperSuites}/, and ${keeperSuites} has the same suites.`],
])('%j is refused', (named, says) => {
  expect(() => readOwnSuites(named, ofHoldfast)).toThrow(says)
})

test('what is installed beside suites, and hidden, is none of them', () => {
  const { directory, write } = changedSuites()
  for (const folder of ['node_modules', '.git']) {
    mkdirSync(join(directory, folder))
    write(join(folder, 'other.suite.ts'), 'conformance(')
  }
  expect(readOwnSuites([directory], ofHoldfast).directories[0]?.files).not.toContainEqual(expect.stringContaining('other'))
})
