import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { exampleOwnRun, ownGuarantee } from '../testing/example-own-suites.ts'
import { exitCodeOfComparison } from './change.ts'
import { compare } from './compare.ts'
import { written } from './comparison-output.ts'
import { runsOfSide } from './runs-of-side.ts'

test('guarantees of one’s own are compared as any, by the reports alone', async () => {
  const before = await exampleOwnRun()
  const after = `${before}-after`
  cpSync(before, after, { recursive: true })
  onTestFinished(() => [before, after].forEach((directory) => rmSync(directory, { recursive: true })))
  rmSync(join(after, 'own-suites'), { recursive: true })
  const file = join(after, 'report.json')
  const text = readFileSync(file, 'utf8').replaceAll('20261121-100000-ab12', '20261122-100000-ab12')
  writeFileSync(file, text.replace('"verdict":"Passed"', '"verdict":"Failed"'))
  const sides = { before: await runsOfSide(before), after: await runsOfSide(after) }
  const comparison = await compare({ ...sides, gateDurations: false })
  expect(exitCodeOfComparison(comparison)).toBe(1)
  expect(written(comparison, 'text')).toMatch(new RegExp(`${ownGuarantee.id}.*Passed.*Failed`, 's'))
})
