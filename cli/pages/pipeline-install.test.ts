import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../shell/project-root.ts'
import { writeProgram } from '../testing/action-steps.ts'
import { noTarballs, packProgram } from '../testing/packed-program.ts'
import { readPage } from './page.ts'
import { pipelineScripts } from './pipeline-scripts.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

const scriptsOf = (page: string) =>
  readPage(readFileSync(join(projectRoot, page), 'utf8')).blocks.flatMap((block) => pipelineScripts(block).map(({ text }) => text))
const installing = ['gitlab', 'jenkins', 'tekton'].flatMap((name) =>
  scriptsOf(`docs/ci-${name}.md`)
    .filter((script) => /\bnpm\b/.test(script))
    .map((script, at) => ({ name: `${name} ${at + 1}`, script })),
)

/** Runs a script where the CI system would, with the package that a team names, or with none. */
function install(script: string, named: string | undefined) {
  mkdirSync(join(directory, 'workspace'), { recursive: true })
  writeFileSync(join(directory, 'script.sh'), script.replaceAll(/(?:\/tmp)?\/program\b/g, `${directory}/program`))
  const { HOLDFAST_PACKAGE: _, ...env } = process.env
  return spawnSync('bash', ['-eo', 'pipefail', join(directory, 'script.sh')], {
    cwd: join(directory, 'workspace'),
    env: {
      ...env,
      ...(named === undefined ? {} : { HOLDFAST_PACKAGE: named }),
      ...{ PATH: `${directory}:${process.env['PATH']}`, CI_PROJECT_DIR: directory, WORKSPACE: directory, RUN: 'a', KEY_FILE: 'key.pem' },
    },
    encoding: 'utf8',
  })
}

const programs = () => ['.holdfast/bin/holdfast', 'program/bin/holdfast'].map((path) => join(directory, path)).filter(existsSync)

test('each pipeline that is not of GitHub installs Holdfast, from the package that a team names and from no registry', () => {
  expect(installing.map(({ name }) => name.replace(/ .*/, ''))).toEqual([
    ...['gitlab', 'gitlab', 'gitlab', 'jenkins', 'jenkins', 'jenkins', 'tekton', 'tekton'],
  ])
  for (const page of ['docs/ci-github.md', 'docs/ci-gitlab.md', 'docs/ci-jenkins.md', 'docs/ci-tekton.md'])
    for (const script of scriptsOf(page)) {
      expect(script).not.toMatch(/\bnpx\b|\bholdfast@["$\d]/)
      for (const line of script.split('\n').filter((each) => each.includes('npm install')))
        expect(line.trim()).toMatch(/^npm install --global --prefix \S+ "\$HOLDFAST_PACKAGE"(?: \|\| exit 3)?$/)
    }
})

describe.each(installing)('what installs Holdfast on $name', ({ script }) => {
  test('takes the tarball that npm pack made', () => {
    const tarball = packProgram(directory, 'echo "ran $@"')
    const { status, stdout } = install(script, tarball)
    expect([status, stdout]).toEqual([0, expect.stringContaining('added 1 package')])
    const [program = ''] = programs()
    expect(spawnSync(program, ['doctor'], { encoding: 'utf8' }).stdout).toBe('ran doctor\n')
  })

  test.each([undefined, ...noTarballs])('refuses %j with one sentence, before it asks npm', (named) => {
    writeProgram(join(directory, 'npm'), `touch '${directory}/asked'`)
    const { status, stdout } = install(script, named)
    expect([status, stdout]).toEqual([3, expect.stringMatching(/^HOLDFAST_PACKAGE must be the tarball of "npm pack": [^\n]+\n$/)])
    expect(existsSync(join(directory, 'asked'))).toBe(false)
  })
})

test.each(installing.filter(({ name }) => name.startsWith('gitlab')))(
  'a package that npm cannot install ends $name with 3, which no job allows',
  ({ script }) => {
    writeProgram(join(directory, 'npm'), 'exit 1')
    expect(install(script, 'https://packages.example.com/holdfast-0.1.0.tgz').status).toBe(3)
  },
)
