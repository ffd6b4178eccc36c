import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../shell/project-root.ts'

const suites = globSync('suites/**/*.suite.ts', { cwd: projectRoot })

/** A size as a literal. */
const size = /'\d+(?:\.\d+)?[KMGTPE]i?'/

/** How much is written to a volume, or kept of it: that is no size of a volume. */
const amount = /\bbytes: '|\bvolumeData: \{|\bdefinitions = \{/

test.each(suites)('%s leaves the sizes of volumes to the platform', (file) => {
  const lines = readFileSync(join(projectRoot, file), 'utf8').split('\n')
  expect(lines.filter((line) => size.test(line) && !amount.test(line))).toEqual([])
})

test('there are suites to look at', () => {
  expect(suites.length).toBeGreaterThan(100)
})
