import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planImages } from '../../clusters/images/plan.ts'
import { startApiServer } from '../../clusters/testing/api-server.ts'
import { answersOf, node } from '../../clusters/testing/cluster-answers.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import { packagesImportedIn } from '../layers/import-graph.ts'
import { sumsText } from '../../contract/sums.ts'
import { buildFiles, digestsIn } from '../run/built-from.ts'
import { sourceSums } from '../run/checkout.ts'
import { projectRoot } from '../shell/project-root.ts'
import { buildPackage } from './build-package.ts'

interface Manifest {
  readonly version: string
  readonly engines: { readonly node: string }
  readonly bin: { readonly holdfast: string }
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies: Readonly<Record<string, string>>
}

const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Manifest

/** A directory of a user, the package below its `node_modules`, and what it ships. */
let [directory, installed, dist] = ['', '', '']
let asInstalled = ''

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  installed = join(directory, 'node_modules', 'holdfast')
  dist = join(installed, 'dist')
  await buildPackage({ root: projectRoot, directory: dist, types: false })
  copyFileSync(join(projectRoot, 'package.json'), join(installed, 'package.json'))
  // What npm would install, and no more.
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(directory, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(projectRoot, 'node_modules', name), link)
  }
  asInstalled = sumsText(digestsIn(installed))
})

afterAll(() => rmSync(directory, { recursive: true }))

interface Answer {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function answerOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'))
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: { ...Object.fromEntries(own), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'close')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await exited) as [number]
  return { code, out, err }
}

const program = () => join(installed, manifest.bin.holdfast)

async function holdfast(...args: readonly string[]): Promise<Answer> {
  return answerOf([program(), ...args])
}

test('the package has JavaScript, and neither TypeScript nor tests', () => {
  const files = globSync('**/*.{ts,mts}', { cwd: dist, exclude: ['sources'] })
  expect([...files, ...globSync('**/*.{test,examples}.js', { cwd: dist })]).toEqual([])
  expect(globSync('suites/**/*.suite.js', { cwd: dist })).toHaveLength(globSync('suites/**/*.suite.ts', { cwd: projectRoot }).length)
})

test('what the package imports is what it depends on', () => {
  expect(packagesImportedIn(dist, '**/*.{js,mjs}')).toEqual(Object.keys(manifest.dependencies).toSorted())
})

test('the program and the public entry are where the package says', () => {
  expect(manifest.exports['./harness']).toEqual({ types: './dist/harness/index.d.ts', default: './dist/harness/index.js' })
  expect(existsSync(join(dist, 'harness', 'index.js'))).toBe(true)
  expect(statSync(program()).mode & 0o111).toBe(0o111)
})

test('guarantees are those of the checkout', async () => {
  const { code, out } = await holdfast('rights', '--json')
  const ids = (JSON.parse(out) as { readonly id: string }[]).map(({ id }) => id)
  expect(ids).toEqual(readCatalogue(projectRoot).flatMap(({ guarantees }) => guarantees.map(({ id }) => id)))
  expect(code).toBe(0)
})

test('its images are those of the checkout', async () => {
  const script = `import { planImages } from ${JSON.stringify(join(dist, 'clusters', 'images', 'plan.js'))}
console.log(planImages('offline', { profile: 'velero' }).nodeReference)`
  const { out, err } = await answerOf(['--input-type=module', '-e', script])
  expect({ out, err }).toEqual({ out: `${planImages('offline', { profile: 'velero' }).nodeReference}\n`, err: '' })
})

test('completion knows them too', async () => {
  const ids = readCatalogue(projectRoot).flatMap(({ guarantees }) => guarantees.map(({ id }) => id))
  const { out } = await holdfast('complete', 'guarantees', 'volumes/')
  expect(out.trim().split('\n').toSorted()).toEqual(ids.filter((id) => id.startsWith('volumes/')).toSorted())
  expect((await holdfast('complete', 'features')).out.split('\n')).toContain('VolumeGroupSnapshots')
})

test('settings are those of the current directory, and runs are judged again by their path', async () => {
  writeFileSync(join(directory, 'holdfast.yaml'), 'workers: many\n')
  const { code, err } = await holdfast('run', '--dry-run')
  rmSync(join(directory, 'holdfast.yaml'))
  expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining(join(directory, 'holdfast.yaml')) as string })
  const published = join(projectRoot, 'reports', 'published', 'v1.37.2-standard-20261128-201152-559a')
  expect(await holdfast('recheck', published)).toMatchObject({ code: 0, out: expect.stringContaining('118 guarantees') as string })
})

const image = ['--workload-image', 'registry.example.com/holdfast/workload:1']

test('a dry run on a cluster of others tells what a run would do from here', async () => {
  await using api = await startApiServer(answersOf({ nodes: [node('one'), node('two')] }))
  const { code, out } = await holdfast('run', 'statefulset', '--dry-run', '--json', '--kubeconfig', api.kubeconfig, ...image)
  const found = JSON.parse(out) as { readonly guarantees: readonly { readonly outcome: string }[]; readonly makes: readonly string[] }
  expect({ code, makes: found.makes.at(-1) }).toEqual({ code: 0, makes: `directory ${directory}/reports/out/<run id> on this machine` })
  expect(found.guarantees.some(({ outcome }) => outcome === 'runs')).toBe(true)
})

test('what stops a run says what to type here', async () => {
  await using api = await startApiServer(answersOf({ isAllowed: ({ resource }) => resource !== 'namespaces' }))
  const { code, err } = await holdfast('run', 'statefulset', '--dry-run', '--kubeconfig', api.kubeconfig, ...image)
  expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('"npx holdfast rbac statefulset') as string })
})

test('what keeps a checkout up to date is refused, and not in the help', async () => {
  expect(await holdfast('check')).toMatchObject({ code: 3, out: '', err: expect.stringContaining('works on a checkout') as string })
  expect((await holdfast('--help')).out).not.toMatch(/^ {2}(?:check|test|package) /m)
})

test('a Node.js that is too old gets one sentence', async () => {
  const oldest = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node) ?? []
  const version = `${oldest[1]}.${Number(oldest[2]) - 1}.9`
  const older = `data:text/javascript,Object.defineProperty(process, 'version', { value: 'v${version}' })`
  expect(await answerOf(['--import', older, program(), '--help'])).toEqual({
    code: 3,
    out: '',
    err: `Holdfast needs Node.js ${oldest[1]}.${oldest[2]} or newer, and this is v${version}. Install a newer one from https://nodejs.org.\n`,
  })
})

test('its Vitest finds a suite, runs it and leaves evidence', async () => {
  await using api = await startApiServer(({ method }) =>
    method === 'GET' ? { body: { metadata: { resourceVersion: '1' }, items: [] } } : { status: 403, body: { message: 'not today' } },
  )
  const run = join(directory, 'run')
  mkdirSync(run)
  const record = { name: 'test', kubeconfig: api.kubeconfig, context: 'test', features: [], versions: {}, images: {} }
  writeFileSync(join(run, 'cluster.json'), JSON.stringify(record))
  const suite = 'suites/statefulset/ordered-startup.suite.js'
  const vitest = join(directory, 'node_modules', 'vitest', 'vitest.mjs')
  const { out, err } = await answerOf([vitest, 'run', '--root', dist, '--configLoader', 'native', '--project', 'conformance', suite], {
    XDG_CACHE_HOME: join(directory, 'cache'),
    HOLDFAST_RUN: run,
    HOLDFAST_CLUSTER: join(run, 'cluster.json'),
    HOLDFAST_GUARANTEES: 'statefulset/ordered-startup',
    HOLDFAST_SUITES: suite,
    VITEST: '',
  })
  const verdict = join(run, 'evidence', 'statefulset', 'ordered-startup', 'verdict.json')
  expect(existsSync(verdict), `${out}${err}`).toBe(true)
  expect(JSON.parse(readFileSync(verdict, 'utf8'))).toMatchObject({ verdict: 'Inconclusive', reasons: [{ summary: 'not today' }] })
})

test('it names the sources of the checkout, and nothing of it was written to', () => {
  expect(sourceSums(dist)).toBe(sourceSums(projectRoot))
  expect(sumsText(digestsIn(installed))).toBe(asInstalled)
})

test('a build replaces an earlier one, and nothing else', async () => {
  const other = join(directory, 'other')
  mkdirSync(other)
  writeFileSync(join(other, 'notes.txt'), 'mine')
  await expect(buildPackage({ root: projectRoot, directory: other, types: false })).rejects.toThrow('has files that no build')
  expect(readFileSync(join(other, 'notes.txt'), 'utf8')).toBe('mine')
  rmSync(join(other, 'notes.txt'))
  writeFileSync(join(other, buildFiles.checkout), '{}')
  writeFileSync(join(other, 'left.js'), '')
  await buildPackage({ root: projectRoot, directory: other, types: false })
  expect(existsSync(join(other, 'left.js'))).toBe(false)
  expect(readFileSync(join(other, buildFiles.digests), 'utf8')).toBe(readFileSync(join(dist, buildFiles.digests), 'utf8'))
})
