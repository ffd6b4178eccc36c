import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { verifyAttestation } from '../../reports/attest/attestation.ts'
import { newKeyPair, publicKeyFrom } from '../../reports/attest/signing-key.ts'
import { reportOfRun } from '../../reports/model/report-of-run.ts'
import { sentenceOfRun } from '../run/run-directory.ts'
import { projectRoot } from '../shell/project-root.ts'
import { argumentsFor, readArguments, runStep, startStep, writeProgram } from '../testing/action-steps.ts'

let directory: string
let stubs: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  stubs = join(directory, 'a b')
  mkdirSync(stubs)
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

/** A program in the place of Holdfast that keeps its arguments and does what a script says; what is tested is the shell around it. */
function stub(script: string): void {
  writeProgram(join(stubs, 'holdfast'), `printf '%s\\0' "$@" >'${join(directory, 'said')}'\n${script}`)
}

const context = (more: { readonly inputs?: Record<string, string>; readonly outputs?: Record<string, string> } = {}) => ({
  directory,
  path: [stubs],
  ...more,
  outputs: { 'install.state': directory, ...more.outputs },
})

const hostile = `a "b" 'c' $(touch pwned) \`touch pwned\` ;touch pwned\n\${{ x }} * \\ %0A`

test('inputs become arguments, each as it is', async () => {
  const inputs = {
    ...{
      profile: 'quick',
      kubernetes: '1.37',
      settings: 'my gate.yaml',
      kubeconfig: 'k',
      baseline: hostile,
      'known-failures': '$HOME',
      minutes: '90',
    },
    arguments: '--storage-class\nfast one\n\n--level=MUST',
    names: ' statefulset/*  dns\npvcs\n',
  }
  expect(await argumentsFor(inputs, directory)).toEqual([
    ...[
      '--profile=quick',
      '--kubernetes=1.37',
      '--config=my gate.yaml',
      '--kubeconfig=k',
      `--baseline=${hostile}`,
      '--known-failures=$HOME',
      '--stop-after=90',
    ],
    ...['--storage-class', 'fast one', '--level=MUST', '--', 'statefulset/*', 'dns', 'pvcs'],
  ])
  expect(await argumentsFor({}, directory)).toEqual([])
  expect(globSync('**/pwned', { cwd: directory })).toEqual([])
})

test.each(['profile', 'kubernetes', 'settings', 'kubeconfig', 'baseline', 'known-failures'])(
  '%s is one argument, whatever it holds',
  async (input) => {
    expect(await argumentsFor({ [input]: hostile }, directory)).toEqual([expect.stringMatching(/^--[a-z-]+=/)])
    expect((await argumentsFor({ [input]: hostile }, directory))[0]?.replace(/^[^=]*=/, '')).toBe(hostile)
  },
)

test('names are no flags, and none is a pattern for files', async () => {
  expect(await argumentsFor({ names: '--retain *' }, directory)).toEqual(['--', '--retain', '*'])
})

test.each([
  { minutes: '0' },
  { minutes: '1h' },
  { minutes: '5; touch pwned' },
  { minutes: '5\n5' },
  { accept: '3' },
  { accept: '12' },
  { accept: '1,2' },
])('an input that makes no sense is refused: %o', async (inputs) => {
  const { code, printed } = await runStep('Read the inputs', context({ inputs }))
  expect([code, printed]).toEqual([3, expect.stringMatching(/^::error title=Holdfast::The input (?:minutes|accept) must be [^\n]+\n$/)])
})

test('a run gets the arguments, and what it prints is shown and is no command to the runner', async () => {
  writeFileSync(join(directory, 'arguments'), `--baseline=${hostile}\0--\0dns\0`)
  stub('echo "::add-mask::x"\necho done\nexit 1')
  const { code, printed, outputs } = await runStep('Run Holdfast', context())
  expect([code, outputs]).toEqual([0, { began: 'true' }])
  expect(readArguments(join(directory, 'said'))).toEqual(['run', `--baseline=${hostile}`, '--', 'dns'])
  const [, token = ''] = /^::stop-commands::([0-9a-f]{32})\n/.exec(printed) ?? []
  expect(printed).toBe(`::stop-commands::${token}\n::add-mask::x\ndone\n::${token}::\n`)
  expect(readFileSync(join(directory, 'exit-code'), 'utf8')).toBe('1\n')
})

test('the end of a run is its exit code, its directory and its result', async () => {
  const run = join(directory, 'out. of', '20261130-010203-abcd')
  mkdirSync(run, { recursive: true })
  writeFileSync(join(run, 'report.json'), '{"result":"partial"}')
  writeFileSync(join(directory, 'exit-code'), '2\n')
  const later = sentenceOfRun({ id: 'x', path: '/etc' }, 3)
  writeFileSync(join(directory, 'log'), `begin\n${sentenceOfRun({ id: '20261130-010203-abcd', path: run }, 1)}\n${later}\n`)
  expect((await runStep('Wait for the end of the run', context())).outputs).toEqual({ 'exit-code': '2', directory: run, result: 'partial' })
})

test('a run that could not begin has an exit code and nothing else', async () => {
  writeFileSync(join(directory, 'exit-code'), '3\n')
  writeFileSync(join(directory, 'log'), 'There is no key.\n')
  expect((await runStep('Wait for the end of the run', context())).outputs).toEqual({ 'exit-code': '3', directory: '', result: '' })
  const { printed, summary } = await runStep('Sum it up', context({ outputs: { 'outcome.exit-code': '3' } }))
  expect(printed).toBe('::error title=Holdfast has no report, exit code 3::There is no key.\n')
  expect(summary).toContain('no report, exit code 3')
})

/** A run that cleans up for a second after it was told to stop. */
const slow = `trap 'stopped=1' TERM\necho ready\nwhile [ -z "\${stopped:-}" ]; do sleep 0.1; done\nsleep 1\necho cleaned up\nexit 143`

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the step at once, and the next step waits until the run has cleaned up',
  async (signal) => {
    writeFileSync(join(directory, 'arguments'), '')
    stub(slow)
    const { child, ended } = startStep('Run Holdfast', context())
    await new Promise<void>((resolve) => child.stdout?.on('data', (text: Buffer) => text.includes('ready') && resolve()))
    child.kill(signal)
    const { code, printed } = await ended
    expect(code).toBe(143)
    expect(printed).not.toContain('cleaned up')
    const after = await runStep('Wait for the end of the run', context())
    expect(after.printed).toMatch(/^::stop-commands::([0-9a-f]+)\n[\s\S]*cleaned up\n::\1::\n$/)
    expect(after.outputs).toEqual({ 'exit-code': '143', directory: '', result: '' })
  },
)

test.each<[code: string, accept: string, ends: number]>([
  ['0', '', 0],
  ['1', '', 1],
  ['1', '1 2', 0],
  ['2', '1', 2],
  ['2', '1 2', 0],
  ['3', '1 2', 3],
  ['143', '1 2', 143],
  ['', '1 2', 143],
])('exit code %j with %j accepted ends the action with %i', async (code, accept, ends) => {
  expect((await runStep('Hand on the exit code', context({ inputs: { accept }, outputs: { 'outcome.exit-code': code } }))).code).toBe(ends)
})

test('a report is summed up by Holdfast itself', async () => {
  const [run = ''] = globSync('reports/published/v1.37.2-full-*', { cwd: projectRoot })
  const outputs = { 'outcome.exit-code': '2', 'outcome.result': 'partial', 'outcome.directory': join(projectRoot, run) }
  const { code, printed, summary } = await runStep('Sum it up', { ...context({ outputs }), path: [projectRoot] })
  expect(code).toBe(0)
  expect(printed).toMatch(/^::warning title=updates\/rolling-update Inconclusive::/)
  expect(summary).toMatch(/^### Holdfast: partial, 196 of 267 checks ran/)
})

test('what Holdfast itself refuses is marked with the sentence that says why', async () => {
  const inputs = { kubeconfig: join(directory, 'no such "file"'), names: 'dns' }
  await argumentsFor(inputs, directory)
  await runStep('Run Holdfast', { ...context(), path: [projectRoot] })
  const { outputs } = await runStep('Wait for the end of the run', context())
  expect(outputs).toEqual({ 'exit-code': '3', directory: '', result: '' })
  const { printed } = await runStep('Sum it up', context({ outputs: { 'outcome.exit-code': '3' } }))
  expect(printed).toMatch(/^::error title=Holdfast has no report, exit code 3::[^\n]*no such "file"[^\n]*\n$/)
})

test('a run is attested by the key of a secret, and verified by its public half', async () => {
  const [published = ''] = globSync('reports/published/v1.34.4-standard-*', { cwd: projectRoot })
  const run = join(directory, 'a run')
  cpSync(join(projectRoot, published), run, { recursive: true })
  const key = newKeyPair('pass $(phrase) "x"')
  const inputs = { key: key.privateKey, passphrase: 'pass $(phrase) "x"' }
  const { code, printed } = await runStep('Attest the run', {
    ...context({ inputs, outputs: { 'outcome.directory': run } }),
    path: [projectRoot],
  })
  expect([code, printed]).toEqual([0, expect.stringContaining('Attested run 20261129-005706-7681')])
  const { problems, shown } = await verifyAttestation(run, { report: await reportOfRun(run), key: publicKeyFrom(key.publicKey) })
  expect([problems, shown.length]).toEqual([[], 2])
})

test('what nodes are made of names the cache by its content, where it is missing', async () => {
  const image = { name: 'node', reference: 'holdfast.local/node:v1.37.2-1', from: 'a build on this machine' }
  const plan = (reference: string) =>
    stub(
      `echo '${JSON.stringify({
        images: [
          { ...image, reference },
          { name: 'tools', reference: 'x', from: '' },
        ],
      })}'`,
    )
  writeFileSync(join(directory, 'arguments'), '--profile=quick\0--\0dns\0')
  writeProgram(join(stubs, 'docker'), 'exit 1')
  plan('holdfast.local/node:v1.37.2-1')
  const { outputs: one } = await runStep('Name the images of nodes', context())
  expect(readArguments(join(directory, 'said'))).toEqual(['run', '--dry-run', '--json', '--profile=quick', '--', 'dns'])
  expect(readFileSync(join(directory, 'images'), 'utf8')).toBe('holdfast.local/node:v1.37.2-1\n')
  plan('holdfast.local/node:v1.37.2-2')
  const { outputs: other } = await runStep('Name the images of nodes', context())
  expect([one['content'], other['content']]).toEqual([
    expect.stringMatching(/^[0-9a-f]{32}$/),
    expect.not.stringMatching(one['content'] ?? ''),
  ])
  writeProgram(join(stubs, 'docker'), 'exit 0')
  expect((await runStep('Name the images of nodes', context())).outputs).toEqual({})
  stub('exit 3')
  expect(await runStep('Name the images of nodes', context())).toMatchObject({ code: 0, outputs: {} })
})
