import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { action, actionDirectory } from '../testing/action-steps.ts'

const { steps } = action.runs
const text = readFileSync(join(actionDirectory, 'action.yml'), 'utf8')
const scripts = globSync('*.sh', { cwd: actionDirectory }).toSorted()
const inline = steps.flatMap(({ name, run }) => (run === undefined ? [] : [{ name, run }]))

test.each(inline)('no script has text of an input or of a step before it in it: $name', ({ run }) => {
  expect(run).not.toContain('${{')
})

test.each([
  ...inline.filter(({ run }) => run.includes('\n')),
  ...scripts.map((name) => ({ name, run: readFileSync(join(actionDirectory, name), 'utf8') })),
])('$name ends at the first command that fails', ({ run }) => {
  expect(run.split('\n').find((line) => line !== '' && !line.startsWith('#'))).toBe('set -euo pipefail')
})

test('each script is run by one step, in bash', () => {
  const started = inline.flatMap(({ run }) => Array.from(run.matchAll(/"\$GITHUB_ACTION_PATH\/([\w-]+\.sh)"/g), ([, name = '']) => name))
  expect(started.toSorted()).toEqual(scripts)
  for (const { name, run, uses, shell } of steps)
    expect({ name, shell, either: (run === undefined) !== (uses === undefined) }).toEqual({ name, shell: run && 'bash', either: true })
})

test('each input is used, and each that is used is there', () => {
  const used = new Set(Array.from(text.matchAll(/\binputs\.(?!sh\b)([\w-]+)/g), ([, name = '']) => name))
  expect([...used].toSorted()).toEqual(Object.keys(action.inputs).toSorted())
})

test('what an expression takes from a step is what a step before it says', () => {
  const outputs = /\bsteps\.(\w+)\.outputs\.([\w-]+)/g
  const ids = steps.map(({ id }) => id)
  for (const [at, step] of steps.entries()) {
    for (const [, id = ''] of JSON.stringify(step).matchAll(outputs)) {
      expect(ids.slice(0, at)).toContain(id)
    }
  }
  const said = `${text}\n${scripts.map((name) => readFileSync(join(actionDirectory, name), 'utf8')).join('\n')}`
  // Those of other actions are theirs.
  const ours = Array.from(text.matchAll(outputs), ([, , output = '']) => output).filter((output) => output !== 'cache-hit')
  for (const output of ours) expect(said).toMatch(new RegExp(`["']${output}=`))
})

test('the key is given to the step that signs, and to no other', () => {
  const holders = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('inputs.key')).map(({ name }) => name)
  expect(holders).toEqual(['Attest the run'])
})

test('what keeps a run, and what says how it ended, comes after one that failed too', () => {
  for (const name of ['Wait for the end of the run', 'Attest the run', 'Sum it up', 'Keep the run', 'Hand on the exit code'])
    expect(steps.find((step) => step.name === name)?.if).toMatch(/^\$\{\{ always\(\) && /)
})
