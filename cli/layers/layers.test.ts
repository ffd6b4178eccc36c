import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = dirname(dirname(import.meta.dirname))
let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), `holdfast-unit-${process.pid}-`))
  copyFileSync(join(root, '.oxlintrc.json'), join(directory, '.oxlintrc.json'))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

function lint(file: string, text: string): string {
  const path = join(directory, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  const { stdout } = spawnSync(join(root, 'node_modules', '.bin', 'oxlint'), ['-f', 'unix', file], { cwd: directory, encoding: 'utf8' })
  return stdout
}

test.each([
  ['suites/a/b.suite.ts', '../../harness/verdict.ts'],
  ['suites/a/c.suite.ts', '@kubernetes/client-node'],
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
])('%s may not import %s', (file, source) => {
  expect(lint(file, `import { thing } from '${source}'\nexport const other = thing\n`)).toContain('no-restricted-imports')
})

test.each([
  ['suites/a/d.suite.ts', '../../harness/index.ts'],
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
])('%s may import %s', (file, source) => {
  expect(lint(file, `import { thing } from '${source}'\nexport const other = thing\n`)).not.toContain('restricted')
})

test.each([
  ['suites/a/e.suite.ts', 'setTimeout(() => undefined, 1)'],
  ['harness/e.ts', 'setInterval(() => undefined, 1)'],
  ['suites/a/f.suite.ts', `import { expect } from 'vitest'\nexpect.poll(() => 1)`],
])('%s may not wait in private', (file, text) => {
  expect(lint(file, `${text}\n`)).toMatch(/no-restricted-(?:globals|properties)/)
})

test('a judgement that nobody awaits is an error', () => {
  const project = join(directory, 'project')
  const path = join(project, 'suites', 'a', 'awaited.suite.ts')
  mkdirSync(dirname(path), { recursive: true })
  copyFileSync(join(root, '.oxlintrc.json'), join(project, '.oxlintrc.json'))
  for (const name of ['clusters', 'contract', 'harness', 'node_modules', 'tsconfig.json'])
    symlinkSync(join(root, name), join(project, name))
  const body = (line: string) => `import { expect } from 'vitest'
import { type Fixtures, podsStartInOrdinalOrder } from '../../harness/index.ts'

export async function judge({ history }: Fixtures): Promise<void> {
  ${line}expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 3 }))
}
`
  const outcomes = ['', 'await '].map((line) => {
    writeFileSync(path, body(line))
    const command = ['--type-aware', '-f', 'unix', 'suites/a/awaited.suite.ts']
    return spawnSync(join(root, 'node_modules', '.bin', 'oxlint'), command, { cwd: project, encoding: 'utf8' }).stdout
  })
  expect(outcomes.map((outcome) => outcome.includes('no-floating-promises'))).toEqual([true, false])
})
