/**
 * Tries the README's first command as a new user does: a fresh clone without node_modules, and with `--no-cache` without anything that was
 * built before. Prints how long it took and passes its exit code on.
 *
 *   node scripts/cold-start.ts [--no-cache] [-- start|test]
 */
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { $, echo, tmpdir } from 'zx'

const { values, positionals } = parseArgs({ options: { 'no-cache': { type: 'boolean', default: false } }, allowPositionals: true })
const [script = 'start'] = positionals
if (script !== 'start' && script !== 'test') {
  echo(`npm has no script ${script} to try: choose start or test.`)
  process.exit(3)
}

const directory = tmpdir()
const env = values['no-cache'] ? { ...process.env, XDG_CACHE_HOME: join(directory, 'cache') } : process.env
const clone = join(directory, 'checkout')
try {
  await $({ quiet: true })`git clone --quiet ${dirname(import.meta.dirname)} ${clone}`
  const start = performance.now()
  const { exitCode } = await $({ cwd: clone, env, nothrow: true, stdio: ['ignore', 'inherit', 'inherit'] })`npm run ${script}`
  echo(`npm run ${script}: exit code ${exitCode} after ${((performance.now() - start) / 60_000).toFixed(1)} min`)
  process.exitCode = exitCode ?? 1
} finally {
  await rm(directory, { recursive: true, force: true })
}
