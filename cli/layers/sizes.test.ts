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

const sources = globSync('{cli,clusters,contract,harness,reports,scripts,suites}/**/*.{ts,mjs}', { cwd: projectRoot })

test('no comment has a line of more than 140 characters', () => {
  const isComment = (line: string) => /^\s*(?:\/\/|\/?\*)/.test(line)
  const long = sources.flatMap((file) => {
    const lines = readFileSync(join(projectRoot, file), 'utf8').split('\n')
    return lines.flatMap((line, index) => (isComment(line) && line.length > 140 ? [`${file}:${index + 1}`] : []))
  })
  expect(sources.length).toBeGreaterThan(1000)
  expect(long).toEqual([])
})
