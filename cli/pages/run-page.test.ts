import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { readPage } from './page.ts'
import { runPage } from './run-page.ts'

let directory: string
let written: string[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  written = []
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

const write = (text: string) => void written.push(text)

async function run(markdown: string, signal = new AbortController().signal): Promise<string | undefined> {
  return runPage(readPage(markdown), { directory, write, signal })
}

test('blocks find the programs that the page takes for granted before those of the machine', async () => {
  const programs = join(directory, 'programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'kubectl'), '#!/bin/sh\necho built here\n', { mode: 0o755 })
  const page = readPage(`${block('run: cluster', 'kubectl version')}${block('prints', 'built here', 'text')}`)
  expect(await runPage(page, { directory, programs, write, signal: new AbortController().signal })).toBeUndefined()
})

const block = (marker: string, text: string, language = 'sh') => `<!-- ${marker} -->\n\`\`\`${language}\n${text}\n\`\`\`\n`

test('files are written, blocks run in order beside them, and what they print is compared', async () => {
  const problem = await run(
    block('file: names', 'one\ntwo', 'text') +
      block('run: cluster', 'sort -r names >sorted\ncat sorted\necho done >&2') +
      block('prints', 'two\n…\ndone', 'text') +
      block('run: cluster', 'wc -l <sorted') +
      block('prints', '2', 'text'),
  )
  expect(problem).toBeUndefined()
  expect(readFileSync(join(directory, 'names'), 'utf8')).toBe('one\ntwo\n')
  expect(written.join('')).toContain('$ cat sorted\n$ echo done >&2\ntwo\none\ndone\n')
})

test('blocks without a marker are not run', async () => {
  expect(await run('```sh\ntouch made\n```\n')).toBeUndefined()
  expect(readdirSync(directory)).toEqual([])
})

test.each([
  [block('run: cluster', 'false\ntouch made'), 'The block on line 3 ended with exit code 1 instead of 0.'],
  [block('run: cluster, exit code 2', 'true'), 'The block on line 3 ended with exit code 0 instead of 2.'],
  [block('run: cluster', 'echo "$HOLDFAST_NO_SUCH_VARIABLE"'), 'instead of 0.'],
  [block('run: cluster', 'echo two') + block('prints', 'one', 'text'), 'The block on line 7 shows a line that was not printed there: one'],
])('what does not go as the page says is named, and nothing is run behind it: %j', async (page, sentence) => {
  expect(await run(page + block('run: cluster', 'touch made'))).toContain(sentence)
  expect(existsSync(join(directory, 'made'))).toBe(false)
})

test('a block may end with the exit code that its marker names', async () => {
  expect(await run(block('run: cluster, exit code 2', 'exit 2'))).toBeUndefined()
})

test('nobody is asked', async () => {
  expect(await run(block('run: cluster', 'echo "$CI"; cat') + block('prints', 'true', 'text'))).toBeUndefined()
})

test('a signal ends the block, and the page once all that the block started has cleaned up', async () => {
  const controller = new AbortController()
  const cleaning = `sh -c 'trap "echo cleaned; exit" TERM; echo ready; while :; do sleep 0.1; done'`
  const running = runPage(readPage(block('run: cluster', `${cleaning}\ntouch made`)), {
    directory,
    signal: controller.signal,
    write(text) {
      write(text)
      if (text.includes('ready\n') && !text.startsWith('$')) controller.abort(new Error('stopped'))
    },
  })
  await expect(running).rejects.toThrow('stopped')
  expect(written.join('')).toMatch(/cleaned\n$/)
  expect(existsSync(join(directory, 'made'))).toBe(false)
})
