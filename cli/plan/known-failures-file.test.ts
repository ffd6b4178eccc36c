import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { KnownFailure } from '../../reports/known-failures/known-failure.ts'
import { knownFailuresText } from '../../reports/testing/example-known-failures.ts'
import { exampleGuarantees } from '../../reports/testing/example-run.ts'
import { failureText } from '../shell/failure.ts'
import { givenKnownFailures, readKnownFailuresFile } from './known-failures-file.ts'
import { planRun } from './run-plan.ts'

let directory: string
let config: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  config = join(directory, 'settings.yaml')
  writeFileSync(config, 'knownFailures: known.yaml\n')
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

const entry: KnownFailure = {
  ...{ guarantee: 'statefulset/ordered-startup', verdict: 'Failed', why: 'It is being mended.' },
  ...{ link: 'https://example.com/1', owner: 'storage', expires: '2026-12-31' },
}

const catalogue = exampleGuarantees.map(({ guarantee }) => guarantee)

function written(entries: readonly KnownFailure[]): string {
  const path = join(directory, 'known.yaml')
  writeFileSync(path, knownFailuresText(entries))
  return path
}

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return failureText(error)
  }
  return 'accepted'
}

test('a run has the file of the settings, or of the flag in its place, and the text to keep of it', () => {
  const path = written([entry])
  const [names, empty] = [['statefulset/ordered-startup'], join(directory, 'empty.yaml')]
  writeFileSync(empty, 'knownFailures: []\n')
  const { knownFailures, settings } = planRun(names, { config })
  expect(knownFailures).toMatchObject({ path, text: knownFailuresText([entry]), entries: [entry] })
  expect('knownFailures' in settings).toBe(false)
  expect(planRun(names, { config, knownFailures: empty }).knownFailures).toMatchObject({ path: empty, entries: [] })
})

test('a file with mistakes is refused, with each mistake and its line', () => {
  const path = written([
    { ...entry, owner: '' },
    { ...entry, expires: 'soon' },
  ])
  expect(refusal(() => readKnownFailuresFile(path, catalogue))).toBe(
    [
      `${path} line 8: The entry of statefulset/ordered-startup has an empty owner. Write who sees to it that it ends.`,
      `${path} line 17: The entry of statefulset/ordered-startup has "soon" for expires. Write the last day on which it is accepted, in UTC, such as 2026-12-31.`,
    ].join('\n'),
  )
  written([{ ...entry, when: { features: ['VolumeClonig'], lacking: ['OnlineExpansion'] } }])
  expect(refusal(() => readKnownFailuresFile(path, catalogue))).toMatch(
    /names the unknown feature VolumeClonig\. Did you mean VolumeCloning\? Choose from /,
  )
})

test('a file that is not there is refused', () => {
  expect(refusal(() => readKnownFailuresFile(join(directory, 'none.yaml'), catalogue))).toMatch(
    /^The file of known failures .*none\.yaml cannot be read: ENOENT.* Name a YAML file; docs\/known-failures\.md shows one\.$/,
  )
})

test('what will break the gate is said before the run: what expired and was selected, and what no guarantee is', () => {
  const path = written([
    { ...entry, expires: '2026-11-29' },
    { ...entry, verdict: 'Inconclusive', expires: '2026-11-30' },
    { ...entry, guarantee: 'expansion/online', expires: '2026-11-29' },
    { ...entry, guarantee: 'statefulset/orderd-startup' },
  ])
  const selected = catalogue.filter(({ id }) => id === entry.guarantee)
  expect(givenKnownFailures(path, { catalogue, selected, day: '2026-11-30' }).warnings).toEqual([
    `${path} line 3: The known failure of statefulset/ordered-startup expired on 2026-11-29. Remove the entry or agree on a later day, or it will break the gate.`,
    `${path} line 27: There is no guarantee statefulset/orderd-startup. Did you mean statefulset/ordered-startup? Correct it, or the gate will be broken.`,
  ])
})
