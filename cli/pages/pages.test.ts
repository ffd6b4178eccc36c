import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../shell/project-root.ts'
import { parsingOnly } from '../testing/parsing-only.ts'
import { readPage } from './page.ts'
import { blockCommands, holdfastCommands, shellBlocks } from './page-commands.ts'

const pages = globSync(['{README,CONTRIBUTING}.md', 'docs/*.md', '{cli,clusters}/*/README.md'], { cwd: projectRoot }).toSorted()
const textOf = (page: string) => readFileSync(join(projectRoot, page), 'utf8')
const scripts = (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { readonly scripts: Record<string, string> })
  .scripts

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

/** What the command line gets for a command that a page shows. */
function wordsOf(shown: readonly string[]): readonly string[] {
  const [program, ...rest] = shown.map((word) => (word === '<number>' ? '60' : word))
  if (program === './holdfast' || program === 'holdfast') return rest
  if (program === 'npx') return rest.slice(1)
  const [script = '', ...args] = rest[0] === 'run' ? rest.slice(1) : rest
  const { [script]: command = `npm has no script ${script}` } = scripts
  return [...command.replace('node cli/bootstrap.mjs ', '').split(' '), ...args.filter((word) => word !== '--')]
}

describe.each(pages)('%s', (page) => {
  const markdown = textOf(page)
  const commands = holdfastCommands(markdown)
    .map(({ words, line }) => ({ words: wordsOf(words), where: `line ${line}: ${words.join(' ')}` }))
    // Alone it prints help; `<command>` is any of them.
    .filter(({ words: [name = '<'] }) => !name.startsWith('<'))

  test.each(commands)('$where is what the command line understands', ({ words }) => {
    expect(() => parsingOnly(page, directory).parse(words, { from: 'user' })).not.toThrow()
  })

  test.each(shellBlocks(markdown))('the shell can read the block on line $line', ({ text }) => {
    const { status, stderr } = spawnSync('sh', ['-n'], { input: text.replaceAll(/<[a-z][^<>\n]*>/g, 'placeholder'), encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test.each(blockCommands(markdown).filter(({ words: [program] }) => program === 'kubectl'))(
    'line $line: $words is a command of kubectl',
    ({ words: [, ...words] }) => {
      const verb = words.find((word, at) => !word.startsWith('--') && !takesValue(words[at - 1])) ?? ''
      const flags = words.filter((word) => word.startsWith('-')).map((word) => word.replace(/=.*/, ''))
      expect(Object.keys(kubectl)).toContain(verb)
      expect([...everywhere, ...(kubectl[verb] ?? [])]).toEqual(expect.arrayContaining(flags))
    },
  )
})

/** Where a link leads, in the page that has it. */
function linksIn(markdown: string): readonly string[] {
  return Array.from(markdown.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target).filter((target) => !/^\w+:/.test(target))
}

/** Names of the headings of a page, as links write them. */
function headingsIn(markdown: string): readonly string[] {
  return Array.from(markdown.matchAll(/^#+ (.*)$/gm), ([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

test.each(pages.filter((page) => page !== 'docs/guarantees.md'))('the links of %s lead somewhere', (page) => {
  const lost = linksIn(textOf(page)).filter((link) => {
    const [path = '', heading] = link.split('#')
    const target = path === '' ? page : relative(projectRoot, join(projectRoot, dirname(page), path))
    return !existsSync(join(projectRoot, target)) || (heading !== undefined && !headingsIn(textOf(target)).includes(heading))
  })
  expect(lost).toEqual([])
})

/** Flags of kubectl that pages use: those of every command, and those of some. */
const everywhere = ['--kubeconfig', '--context', '--namespace']
const kubectl: Readonly<Record<string, readonly string[]>> = {
  apply: ['--filename'],
  config: ['--minify', '--raw', '--output', '--server', '--certificate-authority', '--embed-certs', '--token', '--cluster', '--user'],
  create: ['--duration', '--filename'],
  delete: ['--filename', '--ignore-not-found'],
  get: ['--output', '--all-namespaces'],
}

function takesValue(word: string | undefined): boolean {
  return word !== undefined && everywhere.includes(word)
}

test('the lines of a CI system are YAML', () => {
  const blocks = pages.flatMap((page) => readPage(textOf(page)).blocks.filter(({ language }) => language === 'yaml'))
  expect(blocks.length).toBeGreaterThan(0)
  for (const { text } of blocks) expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([])
})
