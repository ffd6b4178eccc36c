import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as annotations from '../../contract/annotations.ts'
import * as labels from '../../contract/labels.ts'
import { systemNamespace } from '../../contract/system.ts'
import * as taints from '../../contract/taints.ts'
import { projectRoot } from '../shell/project-root.ts'

const shared = [...Object.values(annotations), ...Object.values(labels), ...Object.values(taints), systemNamespace]
const sources = globSync('{suites,harness,clusters,contract,reports,cli}/**/*.ts', { cwd: projectRoot }).filter(
  (file) => !file.endsWith('.test.ts'),
)

test.each(shared)('%s is written once, in contract/', (name) => {
  const places = sources.filter((file) => new RegExp(`['"\`/]${name}['"\`/]`).test(readFileSync(join(projectRoot, file), 'utf8')))
  expect(places).toHaveLength(1)
  expect(places[0]).toMatch(/^contract\//)
})

test('no two names are the same', () => {
  expect(new Set(shared).size).toBe(shared.length)
})
