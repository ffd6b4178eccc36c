import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { knownFailuresText } from '../../reports/testing/example-known-failures.ts'
import { readPage } from '../pages/page.ts'
import { projectRoot } from '../shell/project-root.ts'
import { said } from '../testing/said.ts'

const published = join(projectRoot, 'reports', 'published')
/** 195 of 196 Passed, and updates/rolling-update was Inconclusive. */
const partial = join(published, 'v1.37.2-full-20261129-185551-9292')
const success = join(published, 'v1.37.2-standard-20261128-201152-559a')

let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  file = join(directory, 'known.yaml')
})

afterEach(async () => {
  await rm(directory, { recursive: true })
})

async function ran(...words: readonly string[]): Promise<{ readonly code: unknown; readonly out: string }> {
  const [code, text] = await said('known-failures', ...words)
  return { code, out: text.replaceAll(directory, '') }
}

test('a first file is written from a run, refused as it is, and opens the gate once it is filled in', async () => {
  expect(await ran(file, partial, '--write', '--on', '2026-11-30')).toEqual({
    code: 0,
    out: 'Wrote /known.yaml. Failures in it: 1, accepted for 30 days.\nFill in owner and link of each, and look at its reason: a file without them is refused.\n',
  })
  const refused = await ran(file, partial)
  expect(refused.code).toBe(3)
  expect(refused.out).toMatch(
    /^\/known\.yaml line 7: The entry of updates\/rolling-update has an empty link\..*\n.* line 8: .* an empty owner\./,
  )

  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('link: ""', 'link: https://example.com/1').replace('owner: ""', 'owner: storage'))
  const known = 'known  line 3: updates/rolling-update is Inconclusive, which is known until 2026-12-30. (storage, https://example.com/1)'
  expect(await ran(file, partial, '--on', '2026-12-30')).toEqual({
    code: 0,
    out: `${known}\nEntries: 1 known.\nRun 20261129-185551-9292, result partial. Exit code 0: all that was not shown to hold is known; the result is partial.\n`,
  })
  const expired = await ran(file, partial, '--on', '2026-12-31')
  expect(expired.code).toBe(2)
  expect(expired.out).toContain('expired  line 3: updates/rolling-update is still Inconclusive, and was accepted until 2026-12-30 only.')
  const again = await ran(file, success)
  expect(again.code).toBe(2)
  expect(again.out).toContain('passes again  line 3: updates/rolling-update Passed, and is listed as Inconclusive. Remove the entry.')
})

test('the example of the page comes to what the page prints', async () => {
  const { blocks } = readPage(await readFile(join(projectRoot, 'docs', 'known-failures.md'), 'utf8'))
  const example = blocks.find(({ use }) => use?.kind === 'file')?.text ?? ''
  await writeFile(file, example)
  const { code, out } = await ran(file, partial, '--on', '2026-12-31')
  expect(out).toBe(`${blocks.find(({ language }) => language === 'text')?.text ?? ''}\n`)
  expect(code).toBe(0)
  expect((await ran(file, partial, '--on', '2027-01-01')).out).toContain('expired         line 3: updates/rolling-update is still')
})

test('nothing is written for a run in which nothing failed, and no file is replaced', async () => {
  expect((await ran(file, success, '--write')).out).toBe(
    'Nothing in run 20261128-201152-559a Failed or was Inconclusive: no file was written.\n',
  )
  expect(existsSync(file)).toBe(false)
  await writeFile(file, 'mine')
  expect(await ran(file, partial, '--write')).toEqual({
    code: 3,
    out: '/known.yaml is there already. Name another file: none is ever replaced.\n',
  })
  expect(await readFile(file, 'utf8')).toBe('mine')
})

test('a link that leads nowhere is there, too', async () => {
  await symlink(join(directory, 'nothing'), file)
  expect(await ran(file, partial, '--write')).toEqual({
    code: 3,
    out: "/known.yaml cannot be written: EEXIST: file already exists, open '/known.yaml'. Name a file that is not there yet, in a directory that you can write to.\n",
  })
})

test('a run of an earlier version can be looked at, too', async () => {
  const entry = {
    guarantee: 'dns/gone',
    verdict: 'Failed',
    why: 'x',
    link: 'https://example.com/1',
    owner: 'x',
    expires: '2026-12-31',
  } as const
  await writeFile(file, knownFailuresText([entry]))
  const { code, out } = await ran(file, join(published, 'v1.36.3-full-20261127-174436-d907'))
  expect(code).toBe(2)
  expect(out).toContain('There is no guarantee dns/gone.')
})

test.each([
  [['2026-02-30'], /argument '2026-02-30' is invalid\. It must be a day such as 2026-12-31\./],
  [['tomorrow'], /argument 'tomorrow' is invalid/],
])('a day that is none is refused: %s', async ([day = ''], message) => {
  expect(await ran(file, partial, '--on', day)).toEqual({ code: 3, out: expect.stringMatching(message) })
})
