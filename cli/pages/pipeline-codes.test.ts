import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { temporaryPrefix } from '../../contract/owner.ts'
import { newKeyPair } from '../../reports/attest/signing-key.ts'
import { sentenceOfRun } from '../run/run-directory.ts'
import { projectRoot } from '../shell/project-root.ts'
import { writeProgram } from '../testing/action-steps.ts'
import { gitlabJob, task } from '../testing/pipeline-shapes.ts'
import { readPage } from './page.ts'
import { pipelineScripts } from './pipeline-scripts.ts'

const id = '20261130-010203-abcd'
const codes = [0, 1, 2, 3, 143]

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  mkdirSync(join(directory, 'reports', 'out', id), { recursive: true })
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

/** A program in the place of Holdfast that notes what it was asked for; `run` ends with a code. What is tested is the shell around it. */
function stub(code: number): void {
  const said = join(directory, 'said')
  const sentence = sentenceOfRun({ id, path: `${directory}/reports/out/${id}` }, 10)
  writeProgram(join(directory, 'holdfast'), `echo "$@" >>'${said}'\nif [ "$1" = run ]; then echo '${sentence}'; exit ${code}; fi`)
}

function shell(script: string, variables: Readonly<Record<string, string>>, args: readonly string[] = []): number | null {
  const file = join(directory, 'script.sh')
  writeFileSync(file, script)
  const env = { ...process.env, ...variables, PATH: `${directory}:${process.env['PATH']}` }
  return spawnSync('bash', ['-eo', 'pipefail', file, ...args], { cwd: directory, env, encoding: 'utf8' }).status
}

const said = () => readFileSync(join(directory, 'said'), 'utf8').trimEnd().split('\n')

/** A document of a block of a page, by what the block holds. */
function documentWith(page: string, text: string): Record<string, unknown> {
  const block = readPage(readFileSync(join(projectRoot, page), 'utf8')).blocks.find((each) => each.text.includes(text))
  return parseAllDocuments(block?.text ?? '')[0]?.toJS() as Record<string, unknown>
}

test.each(codes)('jobs of GitLab end with %i where the run does, and the old version alone may be 1 or 2', (code) => {
  const gate = documentWith('docs/ci-gitlab.md', '\nnew:\n')
  const [old, waiting] = [gitlabJob.parse(gate['old']), gitlabJob.parse(gate['new'])]
  expect([old.allow_failure, waiting.allow_failure]).toEqual([{ exit_codes: [1, 2] }, undefined])
  stub(code)
  for (const { script = [] } of [old, waiting]) expect(shell(script.join('\n'), {})).toBe(code)
  expect(said()[1]).toContain(`--baseline reports/out/${id}/`)
})

test.each(codes)('the job of GitLab for every night attests what a run judged, and ends with %i as that does', (code) => {
  const { script = [] } = gitlabJob.parse(documentWith('docs/ci-gitlab.md', '\nstaging:\n')['staging'])
  stub(code)
  expect(shell(script.join('\n'), { HOLDFAST_KEY_FILE: '/keys/a b' })).toBe(code)
  expect(said().includes('attest latest --key /keys/a b')).toBe(code <= 2)
})

test.each(codes)('the Task of Tekton attests what a run judged, and ends with %i unless that is accepted', (code) => {
  const { spec } = task.parse(documentWith('docs/ci-tekton.md', '- { name: arguments, type: array'))
  const [runFile, codeFile] = [join(directory, 'run'), join(directory, 'code')]
  const given = {
    ...{ BASELINE: 'a b', MINUTES: '5', KUBECONFIG_FILE: 'k', RUN_FILE: runFile, CODE_FILE: codeFile },
    BOUND: 'true',
    KEY_FILE: 'key.pem',
  }
  const step = (name: string, variables: Readonly<Record<string, string>>, args: readonly string[] = []) =>
    shell(spec.steps.find((each) => each.name === name)?.script.replaceAll('/program', directory) ?? 'exit 99', variables, args)
  stub(code)
  expect(step('run', given, ['--storage-class=fast', 'a $(touch pwned) b'])).toBe(0)
  expect(said()).toEqual(['run --stop-after 5 --kubeconfig k --baseline a b --storage-class=fast a $(touch pwned) b'])
  expect([readFileSync(runFile, 'utf8'), readFileSync(codeFile, 'utf8')]).toEqual([id, String(code)])
  expect(step('attest', given)).toBe(0)
  expect(said().includes(`attest ${id} --key key.pem`)).toBe(code <= 2)
  expect(step('hand-on', { CODE_FILE: codeFile, ACCEPT: '0' })).toBe(code)
  expect(step('hand-on', { CODE_FILE: codeFile, ACCEPT: '0 1 2' })).toBe(code <= 2 ? 0 : code)
  expect(existsSync(join(directory, 'pwned'))).toBe(false)
})

test('a Task of Tekton that is told to stop waits until the run has cleaned up', async () => {
  const { spec } = task.parse(documentWith('docs/ci-tekton.md', '- { name: arguments, type: array'))
  const script = spec.steps.find(({ name }) => name === 'run')?.script.replaceAll('/program', directory) ?? ''
  writeFileSync(join(directory, 'script.sh'), script)
  // Nobody stops it once the test is over.
  const loop = `while [ -z "\${stopped:-}" ] && [ -d '${directory}' ]; do sleep 0.1; done`
  const lines = ["trap 'stopped=1' TERM", 'echo ready', loop, 'sleep 0.5', `touch '${directory}/cleaned'`, 'exit 143']
  writeProgram(join(directory, 'holdfast'), lines.join('\n'))
  const given = { BASELINE: '', MINUTES: '1', KUBECONFIG_FILE: 'k', RUN_FILE: join(directory, 'run'), CODE_FILE: join(directory, 'code') }
  const env = { ...process.env, ...given, PATH: `${directory}:${process.env['PATH']}` }
  const child = spawn('bash', [join(directory, 'script.sh')], { cwd: directory, env, stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.on('data', (text: Buffer) => text.includes('ready') && child.kill('SIGTERM'))
  expect(await once(child, 'exit')).toEqual([0, null])
  expect([existsSync(join(directory, 'cleaned')), readFileSync(join(directory, 'code'), 'utf8')]).toEqual([true, '143'])
})

test('the workflow of GitHub publishes, attests and verifies a run with Holdfast itself', () => {
  const [published = ''] = globSync('reports/published/v1.34.4-standard-*', { cwd: projectRoot })
  const run = join(directory, published.replace(/.*-(\d{8}-\d{6}-\w{4})$/, '$1'))
  cpSync(join(projectRoot, published), run, { recursive: true })
  mkdirSync(join(directory, 'platform'))
  const key = newKeyPair()
  writeFileSync(join(directory, 'platform', 'key.pem.pub'), key.publicKey)
  const { blocks } = readPage(readFileSync(join(projectRoot, 'docs/ci-github.md'), 'utf8'))
  const script = blocks.flatMap((block) => pipelineScripts(block)).find(({ text }) => text.includes('holdfast publish site'))?.text ?? ''
  writeFileSync(join(directory, 'script.sh'), script)
  const given = { DIRECTORY: run, HOLDFAST_ATTEST_KEY: key.privateKey, PUBLIC_KEY: 'platform/key.pem.pub' }
  const env = { ...process.env, ...given, PATH: `${projectRoot}:${process.env['PATH']}` }
  const { stdout } = spawnSync('bash', ['-e', 'script.sh'], { cwd: directory, env, encoding: 'utf8' })
  expect(stdout).toMatch(/^Published .*\n[\s\S]*^Attested run 20261129-005706-7681 [\s\S]*^ok {8}The attestation is signed by key/m)
  expect(stdout).not.toMatch(/^wrong /m)
})
