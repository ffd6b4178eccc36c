import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { jsonSchemas } from '../../reports/schemas.ts'
import { exitCodes } from '../shell/exit-code.ts'
import { faultsOfLedger, isPageCurrent } from './guarantees.ts'
import { faultsOfKills } from './kills.ts'
import { projectRoot } from '../shell/project-root.ts'
import { testEnvironment } from '../run/test-projects.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'

interface Outcome {
  readonly ok: boolean
  readonly output: string
}

interface Check {
  readonly name: string
  readonly run: () => Promise<Outcome>
}

/** All checks run at the same time, so that more checkers would only do the same twice. What did not change since is not checked again. */
const littleWork = ['--checkers', '1', '--incremental', '--tsBuildInfoFile', join('node_modules', '.cache', 'types.tsbuildinfo')]

const checks: readonly Check[] = [
  { name: 'format', run: () => tool('oxfmt', ['--check', '.']) },
  { name: 'lint', run: () => tool('oxlint', ['--type-aware', '--deny-warnings', '.']) },
  { name: 'types', run: () => tool('tsc', ['--noEmit', '-p', 'tsconfig.json', ...littleWork]) },
  { name: 'unused code', run: () => tool('knip', ['--no-progress', '--treat-config-hints-as-errors']) },
  { name: 'ledger', run: checkLedger },
  { name: 'docs/guarantees.md', run: checkPage },
  { name: 'kill table', run: checkKills },
  { name: 'JSON schemas', run: checkSchemas },
  { name: 'unit tests', run: checkUnits },
]

/** `holdfast check`, which is `npm run check`: everything that can be checked without a cluster. */
export function check(): Command {
  return strictCommand({
    name: 'check',
    summary: 'format, lint, types, unused code, generated files, unit tests; no cluster (npm run check)',
  }).action(async () => {
    const results = await Promise.all(checks.map(timed))
    process.exitCode = results.every(Boolean) ? exitCodes.success : exitCodes.violation
  })
}

async function timed({ name, run }: Check): Promise<boolean> {
  const start = performance.now()
  const { ok, output } = await run()
  log(`${ok ? 'pass' : 'FAIL'}  ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  if (!ok) log(output.trim())
  return ok
}

async function tool(name: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const env = { ...process.env, ...variables }
  const child = spawn(join(projectRoot, 'node_modules', '.bin', name), args, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await closed) as [number | null]
  return { ok: code === 0, output: `${out}${err}` }
}

/** Leaves the results of this check and of none before. */
async function checkUnits(): Promise<Outcome> {
  const directory = join(projectRoot, 'reports', 'out', 'checks')
  await rm(directory, { recursive: true, force: true })
  return tool('vitest', ['run', '--project', 'unit'], testEnvironment(directory))
}

async function checkLedger(): Promise<Outcome> {
  const faults = faultsOfLedger()
  return { ok: faults.length === 0, output: faults.join('\n') }
}

async function checkPage(): Promise<Outcome> {
  return {
    ok: isPageCurrent(),
    output: 'docs/guarantees.md does not match the ledger and the suites. Run "./holdfast guarantees --write" and commit it.',
  }
}

async function checkKills(): Promise<Outcome> {
  const faults = faultsOfKills()
  return { ok: faults.length === 0, output: [...faults, 'Run "./holdfast kills --write" and commit both files.'].join('\n') }
}

async function checkSchemas(): Promise<Outcome> {
  const faults: string[] = []
  for (const { file, source, text: generated } of jsonSchemas()) {
    const path = join(projectRoot, 'reports', file)
    if ((await readFile(path, 'utf8')) !== generated) faults.push(`${path} does not match ${source}.`)
  }
  return { ok: faults.length === 0, output: [...faults, 'Run "node reports/write-schema.ts" and commit what it writes.'].join('\n') }
}
