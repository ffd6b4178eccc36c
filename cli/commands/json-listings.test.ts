import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { programOnPath } from '../../contract/program-on-path.ts'
import { commandLine, runCommandLine } from '../command-line.ts'
import { projectRoot } from '../shell/project-root.ts'

/** What a sweep would remove depends on this machine, and it would be gone. */
vi.mock(import('../../clusters/index.ts'), async (original) => ({
  ...(await original()),
  async sweep({ log }) {
    log('swept cluster holdfast-old')
    return { removed: ['cluster holdfast-old'], left: [], checked: ['clusters'] }
  },
}))

/** Commands that list nothing, and why. */
const listNothing: Readonly<Record<string, string>> = {
  test: 'says how stages came out; each run has its report.json',
  check: 'says how the checks of this checkout came out',
  bench: 'writes what it measured to a file',
  sanity: 'says how specifications came out',
  up: 'makes a cluster',
  upgrade: 'upgrades a cluster; its report.json has what became of it',
  down: 'removes clusters',
  init: 'writes a file',
  recheck: 'judges a run; its report.json has the verdicts',
  compare: 'compares two runs',
  archive: 'packs a run',
  publish: 'adds runs to a site',
  attest: 'signs a run',
  verify: 'says what of a run was verified',
  'known-failures': 'says what a file makes of a run; the report of a run with known failures has it',
  'image save': 'writes images',
  'image push': 'pushes images',
  'image load': 'loads images',
  rbac: 'prints objects for kubectl',
  completion: 'prints a script',
  retrieve: 'makes the report of a run; its report.json has the verdicts',
  shard: 'runs a part of a run',
  summary: 'sums up a run; its report.json has the same',
  package: 'builds the npm package',
}

let directory: string
let printed: { readonly out: string[]; readonly err: string[] }

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const cluster = join(directory, 'holdfast', 'clusters', 'holdfast-blue')
  mkdirSync(cluster, { recursive: true })
  writeFileSync(join(cluster, 'owner.json'), JSON.stringify({ createdAt: '2026-11-29T10:00:00.000Z', retained: true }))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

beforeEach(() => {
  vi.stubEnv('XDG_STATE_HOME', directory)
  printed = { out: [], err: [] }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.out.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.err.push(String(text)) > 0)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.exitCode = undefined
})

/** Commands without others below them, each with the words that call it. */
function leaves(command: Command, before: readonly string[] = []): readonly (readonly [called: string, command: Command])[] {
  return command.commands.flatMap((each) =>
    each.commands.length > 0 ? leaves(each, [...before, each.name()]) : [[[...before, each.name()].join(' '), each] as const],
  )
}

test('every command that lists something takes --json', () => {
  const without = leaves(commandLine()).filter(([, { options }]) => !options.some(({ long }) => long === '--json'))
  const unexplained = without.map(([called]) => called).filter((called) => listNothing[called] === undefined)
  expect(unexplained, 'give it --json (cli/shell/json-option.ts) and a section in docs/json-listings.md, or say here why not').toEqual([])
})

const page = readFileSync(join(projectRoot, 'docs', 'json-listings.md'), 'utf8')

/** Fields that the page tells of for a listing, and those of them that are always there. */
function documented(listing: string): { readonly all: readonly string[]; readonly always: readonly string[] } {
  const [, section = ''] = page.split(`\n## \`${listing}\`\n`)
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` +\| (.*)\|$/gm)]
  const names = (some: typeof rows) => some.map(([, name = '']) => name)
  return { all: names(rows), always: names(rows.filter(([, , says = '']) => !says.includes('_where known_'))) }
}

/** The document that a command prints; it prints nothing else. */
async function documentOf(...words: readonly string[]): Promise<unknown> {
  await runCommandLine([...words, '--json'])
  expect(printed.err).toEqual([])
  return JSON.parse(printed.out.join(''))
}

/** The elements of a listing, or the one document. */
function elementsOf(document: unknown): readonly object[] {
  const elements = (Array.isArray(document) ? document : [document]) as readonly object[]
  expect(elements.length).toBeGreaterThan(0)
  return elements
}

test.each(['guarantees', 'kills', 'rights', 'sensitivity --components --list', 'strangers --list', 'durations --list', 'shards', 'sweep'])(
  '%s --json prints one document with the fields of the page',
  async (listing) => {
    const elements = elementsOf(await documentOf(...listing.split(' ')))
    const { all, always } = documented(listing)
    for (const element of elements) {
      expect(all).toEqual(expect.arrayContaining(Object.keys(element)))
      expect(Object.keys(element)).toEqual(expect.arrayContaining([...always]))
    }
    const found = new Set(elements.flatMap(Object.keys))
    expect(all.filter((name) => !found.has(name))).toEqual([])
  },
)

test('list --json prints the clusters, without their nodes where no engine answers', async () => {
  programOnPath('docker', () => 'exit 1')
  const { always } = documented('list')
  expect(await documentOf('list')).toEqual([
    {
      ...{ name: 'holdfast-blue', standing: 'kept', isHere: true },
      ...{ createdAt: '2026-11-29T10:00:00.000Z', path: join(directory, 'holdfast', 'clusters', 'holdfast-blue') },
    },
  ])
  expect(always.toSorted()).toEqual(['createdAt', 'isHere', 'name', 'path', 'standing'])
})

test('doctor --json prints what holds, what does not with its fix, and exits as without it', async () => {
  programOnPath('docker', () => 'exit 1')
  const document = (await documentOf('doctor')) as {
    readonly ok: boolean
    readonly preconditions: readonly { readonly name: string; readonly ok: boolean; readonly found: string; readonly fix?: string }[]
  }
  expect(process.exitCode).toBe(3)
  const engine = document.preconditions.find(({ name }) => name === 'container engine')
  expect({ ok: document.ok, engine }).toEqual({
    ok: false,
    engine: { name: 'container engine', ok: false, found: expect.any(String) as string, fix: expect.any(String) as string },
  })
  for (const { ok, fix } of document.preconditions) expect(fix === undefined).toBe(ok)
  const fields = [...Object.keys(document), ...document.preconditions.flatMap(Object.keys)]
  expect(documented('doctor').all.toSorted()).toEqual([...new Set(fields)].toSorted())
})

test.each([
  [['guarantees', '--write', '--json'], "option '--json' cannot be used with option '--write'"],
  [['rights', '--write', '--json'], "option '--json' cannot be used with option '--write'"],
  [['sweep', '--cluster', 'blue', '--json'], "option '--json' cannot be used with option '--cluster <name>'"],
  [['strangers', '--json'], '--json only applies to --list. Add --list.'],
  [['sensitivity', '--json'], '--json only applies to --list. Add --list.'],
  [['durations', '--json'], '--json only applies to --list. Add --list.'],
])('%j is refused before anything is done', async (words, sentence) => {
  await runCommandLine(words)
  expect(process.exitCode).toBe(3)
  expect(printed).toEqual({ out: [], err: [expect.stringContaining(sentence)] })
})

test.each([
  [['sensitivity', '--components', 'kube-scheduler', '--list'], /^[a-z0-9-]+ {2,}[a-z-]+\/[a-z-]+ {2,}[A-Z].*\.$/],
  [['durations', '--list'], /^\S.* {2,}\d+\.\d$/],
])('without --json, %j prints a line each', async (words, line) => {
  await runCommandLine(words)
  expect(printed.out.length).toBeGreaterThan(0)
  for (const each of printed.out) expect(each.trimEnd()).toMatch(line)
})
