import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../shell/project-root.ts'
import { readArguments, runStep, writeProgram } from '../testing/action-steps.ts'
import { noTarballs, packProgram } from '../testing/packed-program.ts'

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

/** Runs the step with what a workflow gives it as the package. */
const install = (named?: string) =>
  runStep('Install Holdfast', { directory, path: [stubs], inputs: named === undefined ? {} : { package: named } })

test('Holdfast is on the PATH of the steps that follow, from the checkout that the action is in', async () => {
  const { code, outputs } = await install()
  const [bin = ''] = readFileSync(join(directory, 'path'), 'utf8').split('\n')
  expect([code, outputs['state']]).toEqual([0, expect.stringContaining(join(directory, 'holdfast-state.'))])
  expect(readFileSync(join(bin, 'holdfast'), 'utf8')).toBe(readFileSync(join(projectRoot, 'holdfast'), 'utf8'))
})

test('the package that a team names is on the PATH in place of the checkout', async () => {
  const tarball = packProgram(directory, 'echo "ran $@"')
  const { code, printed } = await install(tarball)
  expect([code, printed]).toEqual([0, expect.stringContaining('added 1 package')])
  const [bin = ''] = readFileSync(join(directory, 'path'), 'utf8').split('\n')
  expect(spawnSync(join(bin, 'holdfast'), ['doctor'], { encoding: 'utf8' }).stdout).toBe('ran doctor\n')
})

test('the package is one argument of npm, whatever it holds', async () => {
  const hostile = `./a "b" 'c' $(touch pwned) \`touch pwned\` ;touch pwned\n\${{ x }} * \\ %0A`
  writeProgram(join(stubs, 'npm'), `printf '%s\\0' "$@" >'${join(directory, 'npm-said')}'\nmkdir -p "$4/bin"\n: >"$4/bin/holdfast"`)
  expect((await install(hostile)).code).toBe(0)
  expect(readArguments(join(directory, 'npm-said')).at(-1)).toBe(hostile)
})

test.each(noTarballs.filter((named) => named !== ''))('the package %j is refused with one sentence, before npm is asked', async (named) => {
  writeProgram(join(stubs, 'npm'), `touch '${directory}/asked'`)
  const { code, printed } = await install(named)
  expect([code, printed]).toEqual([3, expect.stringMatching(/^::error title=Holdfast::The input package must be the tarball [^\n]+\n$/)])
  expect(existsSync(join(directory, 'asked'))).toBe(false)
})

test('a package that npm cannot install is said to be the reason', async () => {
  writeProgram(join(stubs, 'npm'), 'echo not found >&2\nexit 1')
  const { code, printed } = await install('./none.tgz')
  expect([code, printed]).toEqual([3, expect.stringMatching(/not found\n[\s\S]*::error title=Holdfast::npm cannot install /)])
})
