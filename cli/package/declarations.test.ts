import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../shell/project-root.ts'
import { writeDeclarations } from './declarations.ts'

let directory = ''

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const modules = join(directory, 'node_modules')
  mkdirSync(join(modules, 'holdfast'), { recursive: true })
  copyFileSync(join(projectRoot, 'package.json'), join(modules, 'holdfast', 'package.json'))
  await writeDeclarations(projectRoot, join(modules, 'holdfast', 'dist'))
  for (const name of ['@types', '@kubernetes', 'vitest', 'zod']) symlinkSync(join(projectRoot, 'node_modules', name), join(modules, name))
})

afterAll(() => rmSync(directory, { recursive: true }))

function suite(replicas: string): string {
  return `import { conformance, podsReady, selectorOf, statefulSet } from 'holdfast/harness'
import { expect } from 'vitest'

conformance(
  {
    id: 'mine/pods-start',
    statement: 'The Pods of a StatefulSet become ready.',
    level: 'MUST',
    source: { page: 'https://example.com/documentation', section: '' },
    requires: [],
    mutants: ['parallel-pod-management'],
    proves: { 'mine.pods-start': { ready: 'ready' } },
  },
  async ({ namespace, observe, limits, cluster }) => {
    const web = statefulSet('web', { cluster, replicas: ${replicas} })
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady, as: 'ready' })
  },
)
`
}

/** What the compiler says of a suite in the directory of a user. */
function compiled(text: string, resolution: 'nodenext' | 'bundler'): string {
  writeFileSync(join(directory, 'mine.suite.ts'), text)
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext'
  const flags = ['--noEmit', '--strict', '--target', 'es2023', '--types', 'node', '--module', module, '--moduleResolution', resolution]
  const tsc = join(projectRoot, 'node_modules', '.bin', 'tsc')
  return spawnSync(tsc, [...flags, '--skipLibCheck', 'mine.suite.ts'], { cwd: directory, encoding: 'utf8' }).stdout
}

test.each(['nodenext', 'bundler'] as const)('a suite compiles against the types of the package: %s', (resolution) => {
  expect(compiled(suite('3'), resolution)).toBe('')
})

test('and not where it is wrong', () => {
  expect(compiled(suite("'three'"), 'nodenext')).toContain("Type 'string' is not assignable to type 'number'")
})
