import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../shell/project-root.ts'

const suites = globSync('suites/**/*.suite.ts', { cwd: projectRoot })

/** A size in quotes, unless it is how much is written to a volume or stored of one. */
const sizeOfVolume = /^(?!.*(?:bytes: |volumeData: |definitions = )).*'\d+(?:[KMGTP]i?)?i?'/m

/** What an object asks for, in a suite. */
const asked = /\b(?:size|data|storage|to|from|capacity|atMost): '\d/

test.each(suites)('%s leaves the sizes of volumes to the platform', (file) => {
  const lines = readFileSync(join(projectRoot, file), 'utf8').split('\n')
  expect(lines.filter((line) => sizeOfVolume.test(line) && (asked.test(line) || /'\d+[KMGTP]i'/.test(line)))).toEqual([])
})

test('there are suites to look at', () => {
  expect(suites.length).toBeGreaterThan(100)
})
