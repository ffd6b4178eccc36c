import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../shell/project-root.ts'
import { action, argumentsFor } from '../testing/action-steps.ts'
import { parsingOnly } from '../testing/parsing-only.ts'
import { gitlabJob, pipeline, task, workflow } from '../testing/pipeline-shapes.ts'
import { readPage } from './page.ts'
import { pipelineScripts } from './pipeline-scripts.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

const blocksOf = (page: string, language: string) =>
  readPage(readFileSync(join(projectRoot, page), 'utf8')).blocks.filter((block) => block.language === language)
const pipelines = ['github', 'gitlab', 'jenkins', 'tekton'].map((name) => `docs/ci-${name}.md`)

/** The documents of those blocks of a page that are whole files: their first line names them. */
function filesOf(page: string): readonly Record<string, unknown>[] {
  const whole = blocksOf(page, 'yaml').filter(({ text }) => /^# [\w./-]+\n/.test(text))
  return whole.flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as Record<string, unknown>))
}

describe.each(pipelines)('%s', (page) => {
  const blocks = ['yaml', 'groovy'].flatMap((language) => blocksOf(page, language))
  const scripts = blocks.flatMap((block) => pipelineScripts(block))

  test('has scripts that bash can read', () => {
    expect(scripts.length).toBeGreaterThan(0)
    for (const { text, line } of scripts) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
      expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: '' })
    }
  })

  test('has no text of others in a script', () => {
    for (const { text } of scripts) expect(text).not.toMatch(/\$\{\{|\$\((?:params|workspaces|tasks|results|context)\./)
  })

  test('limits each run, so that it has time to clean up', () => {
    const count = (text: string, what: RegExp) => [...text.matchAll(what)].length
    for (const { text } of scripts) expect(count(text, /--stop-after (?:\d|"\$MINUTES")/g)).toBe(count(text, /\bholdfast run\b/g))
  })
})

const uses = (page: string) =>
  [...readPage(readFileSync(join(projectRoot, page), 'utf8')).blocks]
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text }) => stepsIn(parseAllDocuments(text).map((document) => document.toJS() as unknown)))

/** Every mapping that uses our action, wherever it is. */
function stepsIn(node: unknown): readonly { readonly with: Readonly<Record<string, unknown>> }[] {
  if (typeof node !== 'object' || node === null) return []
  const here = 'uses' in node && String(node.uses).includes('cli/github-action') && 'with' in node
  return [...(here ? [node as { readonly with: Readonly<Record<string, unknown>> }] : []), ...Object.values(node).flatMap(stepsIn)]
}

test.each(['docs/ci-github.md', 'cli/github-action/README.md'])(
  '%s gives the action what it knows, and that is what the command line understands',
  async (page) => {
    const steps = uses(page)
    expect(steps.length).toBeGreaterThan(0)
    for (const { with: given } of steps) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)))
      const inputs = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
      const words = await argumentsFor(inputs, directory)
      expect(() => parsingOnly(page, directory).parse(['run', ...words], { from: 'user' })).not.toThrow()
    }
  },
)

test('the table of the action has each input and each output', () => {
  const text = readFileSync(join(projectRoot, 'cli/github-action/README.md'), 'utf8')
  const rows = Array.from(text.matchAll(/^\| `([\w-]+)`/gm), ([, name]) => name)
  expect(rows).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)])
})

test('workflows of GitHub have keys that GitHub knows, and few rights', () => {
  const files = filesOf('docs/ci-github.md')
  expect(files.length).toBe(3)
  for (const file of files) expect(() => workflow.parse(file)).not.toThrow()
  expect(files.map(({ permissions }) => permissions)).toEqual([{ contents: 'read' }, { contents: 'read' }, { contents: 'write' }])
})

test('pipelines of GitLab have keys that GitLab knows, and limits that leave time for what comes after', () => {
  const files = filesOf('docs/ci-gitlab.md')
  expect(files.length).toBe(3)
  const minutes = (text = '') => Number.parseInt(text, 10) * (text.endsWith('h') ? 60 : 1)
  for (const { stages: _, ...jobs } of files) {
    const read = Object.values(jobs).map((job) => gitlabJob.parse(job))
    for (const { script = [], timeout, variables } of read) {
      const { RUNNER_SCRIPT_TIMEOUT: ofScript, RUNNER_AFTER_SCRIPT_TIMEOUT: after } = { ...read[0]?.variables, ...variables }
      const limits = Array.from(script.join('\n').matchAll(/--stop-after (\d+)/g), ([, limit]) => Number(limit) + 20)
      const whole = minutes(timeout ?? read[0]?.timeout)
      for (const limit of limits) {
        expect(limit).toBeLessThan(minutes(String(ofScript)))
        expect(minutes(String(ofScript)) + minutes(String(after))).toBeLessThanOrEqual(whole)
      }
    }
  }
})

test('Tasks and Pipelines of Tekton have fields that Tekton knows, and name what is there', () => {
  const files = filesOf('docs/ci-tekton.md')
  const tasks = files.filter(({ kind }) => kind === 'Task').map((file) => task.parse(file))
  const all = files.filter(({ kind }) => kind === 'Pipeline').map((file) => pipeline.parse(file))
  expect([tasks.length, all.length]).toEqual([2, 2])
  const asked = all.flatMap(({ spec }) => spec.tasks)
  const specs = asked.map(({ taskRef, taskSpec }) => taskSpec ?? tasks.find(({ metadata }) => metadata.name === taskRef?.name)?.spec)
  const others = asked.filter((_, at) => specs[at] === undefined)
  expect(others.map(({ taskRef }) => taskRef?.name)).toEqual(['upgrade-staging'])
  for (const [at, { params = [], workspaces = [] }] of asked.entries()) {
    const { params: known = params, workspaces: needed = [] } = specs[at] ?? {}
    expect(known.map(({ name }) => name)).toEqual(expect.arrayContaining(params.map(({ name }) => name)))
    const must = needed.filter(({ optional }) => optional !== true).map(({ name }) => name)
    expect(workspaces.map(({ name }) => name)).toEqual(expect.arrayContaining(must))
  }
})

test('arguments of a Pipeline of Tekton are what the command line understands', () => {
  const given = filesOf('docs/ci-tekton.md')
    .filter(({ kind }) => kind === 'Pipeline')
    .flatMap((file) => pipeline.parse(file).spec.tasks)
    .flatMap(({ params = [] }) => params.filter(({ name }) => name === 'arguments'))
  expect(given.length).toBe(3)
  for (const { value } of given) {
    const words = ['run', '--kubeconfig', 'staging', ...[value].flat()]
    expect(() => parsingOnly('docs/ci-tekton.md', directory).parse(words, { from: 'user' })).not.toThrow()
  }
})

test('a Jenkinsfile is balanced, and no script of it is in double quotes', () => {
  const blocks = blocksOf('docs/ci-jenkins.md', 'groovy')
  expect(blocks.length).toBe(4)
  for (const { text } of blocks) {
    const bare = text.replaceAll(/'''[\s\S]*?'''|'[^'\n]*'|"[^"\n]*"|\/\/.*/g, '')
    expect(bare).not.toMatch(/['"]/)
    let inside = bare.replaceAll(/[^{}()[\]]/g, '')
    while (/\{\}|\(\)|\[\]/.test(inside)) inside = inside.replaceAll(/\{\}|\(\)|\[\]/g, '')
    expect(inside).toBe('')
    expect(text).not.toMatch(/\bsh[ (]+"|script: *"/)
  }
})
