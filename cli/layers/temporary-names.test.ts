import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sweepTemporaries } from '../../clusters/sweep/sweep-temporaries.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { startInnerVitest } from '../../reports/testing/inner-vitest.ts'
import { projectRoot } from '../shell/project-root.ts'

const sources = globSync('{suites,harness,clusters,contract,reports,cli,scripts}/**/*.ts', { cwd: projectRoot })
const owners = join(projectRoot, 'contract', 'owner.ts')

/** A directory for temporary files, state and cache, so that the sweep of a test sees nothing of others. */
function placeOfOurOwn(): string {
  const place = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  for (const variable of ['TMPDIR', 'XDG_STATE_HOME', 'XDG_CACHE_HOME']) vi.stubEnv(variable, place)
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(place, { recursive: true })
  })
  return place
}

test('whatever makes a temporary directory gives it the name of its process', () => {
  const calls = sources.flatMap((file) =>
    [...readFileSync(join(projectRoot, file), 'utf8').matchAll(/mkdtemp(?:Sync)?\(join\(tmpdir\(\), (.*)\)/g)].map(([, name = '']) => [
      file,
      name.slice(0, 'temporaryPrefix'.length),
    ]),
  )
  expect(calls.length).toBeGreaterThan(50)
  expect(calls.filter(([, name]) => name !== 'temporaryPrefix')).toEqual([])
})

test('what a unit test leaves that was killed is recognised by the sweep', async () => {
  const place = placeOfOurOwn()
  const killed = `import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryPrefix } from ${JSON.stringify(owners)}
test('is killed', () => {
  mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  process.kill(process.pid, 'SIGKILL')
})`
  const files = { 'vitest.config.js': `export default { test: { include: ['*.test.js'] } }`, 'killed.test.js': killed }
  const { ended } = await startInnerVitest({ files, reporter: 'test-reporter.ts', variable: 'HOLDFAST_TESTS' })
  await ended
  const left = readdirSync(place).filter((name) => name.startsWith('holdfast-unit-'))
  expect(left).toHaveLength(1)
  expect(await sweepTemporaries()).toEqual({ removed: [`directory ${join(place, left[0] ?? '')}`], left: [] })
})

test('of temporary directories those of dead processes go', async () => {
  const place = placeOfOurOwn()
  const script = `import { temporaryPrefix } from ${JSON.stringify(owners)}; process.stdout.write(temporaryPrefix('unit'))`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  const directories = [temporaryPrefix('unit'), stdout, 'holdfast-unit-0123456789ab-1-1-', 'holdfast-unit-12-'].map((prefix) =>
    mkdtempSync(join(place, prefix)),
  )
  const building = join(place, 'holdfast', 'programs', 'kind', `.${stdout}x`)
  mkdirSync(building, { recursive: true })
  const { removed, left } = await sweepTemporaries()
  expect(removed).toEqual([`directory ${directories[1]}`, `directory ${building}`])
  expect(left).toEqual([expect.stringContaining(`${directories[2]}: created on another machine or in another PID namespace.`)])
  expect(directories.map((directory) => existsSync(directory))).toEqual([true, false, true, true])
})
