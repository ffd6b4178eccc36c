import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { projectRoot } from '../shell/project-root.ts'

/** A step of a composite action. */
export interface ActionStep {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly shell?: string
  readonly run?: string
  readonly uses?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
}

/** A composite action of GitHub, as far as its file says. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly steps: readonly ActionStep[] }
}

/** Where the action of Holdfast is. */
export const actionDirectory = join(projectRoot, 'cli', 'github-action')

/** The action of Holdfast. */
export const action = parse(readFileSync(join(actionDirectory, 'action.yml'), 'utf8')) as Action

/** What a step is run with: inputs by name, outputs of the steps before it as `step.output`, and the variables of its runner. */
export interface StepContext {
  readonly inputs?: Readonly<Record<string, string>>
  readonly outputs?: Readonly<Record<string, string>>
  /** An empty directory in which the runner and the step keep their files. */
  readonly directory: string
  /** Directories that come first on the PATH. */
  readonly path: readonly string[]
}

/** What has become of a step. */
export interface EndedStep {
  readonly code: number | null
  readonly printed: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** Starts the shell of a step as the runner does: the script is a file, and its variables are those that the action names. */
export function startStep(name: string, context: StepContext): { readonly child: ChildProcess; readonly ended: Promise<EndedStep> } {
  const step = action.runs.steps.find((each) => each.name === name)
  if (step?.run === undefined) throw new Error(`The action has no script ${name}.`)
  const file = (kind: string) => join(context.directory, kind)
  for (const kind of ['output', 'summary', 'path']) writeFileSync(file(kind), '')
  writeFileSync(file('step.sh'), step.run)
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file('step.sh')], {
    cwd: context.directory,
    env: {
      ...process.env,
      PATH: [...context.path, process.env['PATH']].join(':'),
      ...{ RUNNER_TEMP: context.directory, GITHUB_ACTION_PATH: actionDirectory },
      ...{ GITHUB_OUTPUT: file('output'), GITHUB_STEP_SUMMARY: file('summary'), GITHUB_PATH: file('path') },
      ...Object.fromEntries(Object.entries(step.env ?? {}).map(([variable, value]) => [variable, valueOf(value, context)])),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => printed.push(text.toString()))
  const ended = once(child, 'exit').then(([code]) => ({
    code: code as number | null,
    printed: printed.join(''),
    outputs: Object.fromEntries(linesOf(file('output')).map((line) => [line.replace(/=.*/, ''), line.replace(/^[^=]*=/, '')])),
    summary: readFileSync(file('summary'), 'utf8'),
  }))
  return { child, ended }
}

/** Runs a step to its end. */
export async function runStep(name: string, context: StepContext): Promise<EndedStep> {
  return startStep(name, context).ended
}

/** The arguments that "holdfast run" gets for the inputs of the action. */
export async function argumentsFor(inputs: Readonly<Record<string, string>>, directory: string): Promise<readonly string[]> {
  const { code, printed } = await runStep('Read the inputs', { inputs, outputs: { 'install.state': directory }, directory, path: [] })
  if (code !== 0) throw new Error(printed)
  return readArguments(join(directory, 'arguments'))
}

/** Words that each end with a NUL. */
export function readArguments(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\0').slice(0, -1) : []
}

/** Puts a program of a few lines of shell into a directory. */
export function writeProgram(file: string, script: string): void {
  writeFileSync(file, `#!/usr/bin/env bash\n${script}\n`)
  chmodSync(file, 0o755)
}

/** The value of a variable: an expression becomes the text of what it names, and is never read again. */
function valueOf(value: string, { inputs = {}, outputs = {} }: StepContext): string {
  return value.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, name: string) => {
    const [scope, key = '', , output = ''] = name.split('.')
    if (scope === 'inputs') return inputs[key] ?? action.inputs[key]?.default ?? ''
    if (scope === 'steps') return outputs[`${key}.${output}`] ?? ''
    throw new Error(`The action names ${name}.`)
  })
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}
