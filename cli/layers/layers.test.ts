import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'

const root = dirname(dirname(import.meta.dirname))
let directory: string
let findings: readonly string[]

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  copyFileSync(join(root, '.oxlintrc.json'), join(directory, '.oxlintrc.json'))
  const imports = [...forbidden, ...allowed].map(([file, source]): Written => [
    file,
    `import { thing } from '${source}'\nexport const other = thing`,
  ])
  findings = lintAll([...imports, ...waits])
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

type Written = readonly [file: string, text: string]

const forbidden: readonly Written[] = [
  ['suites/a/b.suite.ts', '../../harness/verdict.ts'],
  ['suites/a/c.suite.ts', '@kubernetes/client-node'],
  ['docs/examples/a/b.suite.ts', '../../../harness/index.ts'],
  ['docs/examples/a/c.suite.ts', 'vitest'],
  ['harness/a.ts', '../clusters/index.ts'],
  ['harness/b.ts', '../reports/verify.ts'],
  ['harness/engine/kubernetes/c.ts', 'node:timers/promises'],
  ['harness/engine/evidence/e.ts', '../../vocabulary/velero/store/stored.ts'],
  ['harness/engine/watch/f.ts', '../../fixtures/fixtures.ts'],
  ['harness/engine/g.ts', '../scenarios/round-trip.ts'],
  ['harness/engine/h.ts', '../../clusters/index.ts'],
  ['harness/vocabulary/pod/i.ts', '../../fixtures/fixtures.ts'],
  ['harness/vocabulary/j.ts', '../scenarios/round-trip.ts'],
  ['harness/vocabulary/pod/k.ts', '../../faults/store.ts'],
  ['harness/vocabulary/pod/l.ts', '../../../cli/say.ts'],
  ['harness/scenarios/m.ts', '../fixtures/fixtures.ts'],
  ['harness/faults/n.ts', '../fixtures/fixtures.ts'],
  ['harness/faults/o.ts', 'node:timers/promises'],
  ['clusters/a.ts', '../harness/index.ts'],
  ['clusters/steps/b.ts', '../../cli/say.ts'],
  ['reports/a.ts', '@kubernetes/client-node'],
  ['reports/b.ts', '../harness/index.ts'],
  ['reports/c.ts', '../harness/engine/watch/watch.ts'],
  ['reports/d.ts', '../clusters/index.ts'],
  ['cli/a.ts', '../harness/index.ts'],
  ['contract/a.ts', '../clusters/index.ts'],
  ['contract/b.ts', 'execa'],
  ['cli/b.ts', '@kubernetes/client-node'],
  ['scripts/a.ts', '../cli/main.ts'],
  ['scripts/b.ts', '../reports/model/conformance-report.ts'],
]

const allowed: readonly Written[] = [
  ['suites/a/d.suite.ts', '../../harness/index.ts'],
  ['docs/examples/a/d.suite.ts', 'holdfast/harness'],
  ['docs/examples/a/e.check.ts', 'holdfast/define'],
  ['docs/examples/a/f.suite.ts', './keeper.ts'],
  ['harness/d.ts', '../contract/cluster-record.ts'],
  ['harness/f.ts', '../clusters/mutants/catalogue.ts'],
  ['harness/engine/evidence/p.ts', '../fixtures/tear-down.ts'],
  ['harness/engine/q.ts', '../../contract/labels.ts'],
  ['harness/vocabulary/pod/r.ts', '../../engine/fixtures/namespace.ts'],
  ['harness/vocabulary/pod/s.ts', '../pvc/readings.ts'],
  ['harness/scenarios/t.ts', '../vocabulary/checks.ts'],
  ['harness/fixtures/u.ts', '../vocabulary/velero/store/stored.ts'],
  ['clusters/c.ts', 'execa'],
  ['reports/e.ts', '../harness/vocabulary/checks.ts'],
  ['reports/f.ts', '../contract/cluster-record.ts'],
  ['contract/c.ts', './labels.ts'],
  ['contract/d.ts', 'node:fs'],
  ['cli/c.ts', '../clusters/index.ts'],
  ['cli/d.ts', '../harness/engine/schedule/exclusive-resources.ts'],
  ['cli/e.ts', '../harness/engine/fixtures/tear-down.ts'],
  ['scripts/c.ts', './busy-cores.ts'],
]

const waits: readonly Written[] = [
  ['suites/a/e.suite.ts', 'setTimeout(() => undefined, 1)'],
  ['harness/e.ts', 'setInterval(() => undefined, 1)'],
  ['suites/a/f.suite.ts', `import { expect } from 'vitest'\nexpect.poll(() => 1)`],
]

/** Writes all files and lints them at once, because the linter takes longer to start than to read them. Returns its lines. */
function lintAll(files: readonly Written[]): readonly string[] {
  for (const [file, text] of files) {
    const path = join(directory, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${text}\n`)
  }
  const { stdout } = spawnSync(join(root, 'node_modules', '.bin', 'oxlint'), ['-f', 'unix', '.'], { cwd: directory, encoding: 'utf8' })
  return stdout.split('\n')
}

function findingsIn(file: string): string {
  return findings.filter((line) => line.startsWith(`${file}:`)).join('\n')
}

test.each(forbidden)('%s may not import %s', (file) => {
  expect(findingsIn(file)).toContain('no-restricted-imports')
})

test.each(allowed)('%s may import %s', (file) => {
  expect(findingsIn(file)).not.toContain('restricted')
})

test.each(waits)('%s may not wait in private', (file) => {
  expect(findingsIn(file)).toMatch(/no-restricted-(?:globals|properties)/)
})

test('a judgement that nobody awaits is an error', () => {
  const project = join(directory, 'project')
  const suites = join(project, 'suites', 'a')
  mkdirSync(suites, { recursive: true })
  copyFileSync(join(root, '.oxlintrc.json'), join(project, '.oxlintrc.json'))
  for (const name of ['clusters', 'contract', 'harness', 'node_modules', 'tsconfig.json'])
    symlinkSync(join(root, name), join(project, name))
  const body = (line: string) => `import { expect } from 'vitest'
import { type Fixtures, podsStartInOrdinalOrder } from '../../harness/index.ts'

export async function judge({ history }: Fixtures): Promise<void> {
  ${line}expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 3 }))
}
`
  writeFileSync(join(suites, 'forgotten.suite.ts'), body(''))
  writeFileSync(join(suites, 'awaited.suite.ts'), body('await '))
  const command = ['--type-aware', '-f', 'unix', 'suites/a']
  const { stdout } = spawnSync(join(root, 'node_modules', '.bin', 'oxlint'), command, { cwd: project, encoding: 'utf8' })
  const floating = stdout.split('\n').filter((line) => line.includes('no-floating-promises'))
  expect(floating.map((line) => line.split(':')[0])).toEqual(['suites/a/forgotten.suite.ts'])
})
