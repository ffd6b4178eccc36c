import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { createCluster, deleteCluster } from '../../clusters/index.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { sumsText } from '../../contract/sums.ts'
import { countOne } from '../budget/tally.ts'
import type { TriedElsewhere } from '../elsewhere/elsewhere-stage.ts'
import { mergeSettings } from '../plan/run-plan.ts'
import { digestsIn } from '../run/built-from.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'

const id = 'package'

/** What the package is tried with: a guarantee that takes seconds. */
const guarantee = 'statefulset/ordered-startup'

/** The package as a user gets it, as `npm test` tries it: packed, installed into an empty directory, and run on a cluster. */
export function triedPackage(): TriedElsewhere {
  return {
    id,
    whyNot: async () => whyNoRegistry(['npm', 'ping']),
    async run(signal) {
      log('The package, installed into an empty directory.')
      const problem = await tryPackage(signal)
      if (problem === undefined) return countOne(true)
      log(`${id}: ${problem}`)
      return { ...countOne(false), failedTests: [{ name: id, message: problem }] }
    },
  }
}

/** npm installs what the package depends on. Undefined where it can, by a command that asks its registry. */
export async function whyNoRegistry([program = '', ...args]: readonly string[]): Promise<string | undefined> {
  const { failed } = await execa(program, args, { reject: false, timeout: 30_000, stdin: 'ignore' })
  return failed ? 'left out, because npm reaches no registry' : undefined
}

async function tryPackage(signal: AbortSignal): Promise<string | undefined> {
  await using stack = new AsyncDisposableStack()
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('package')))
  stack.defer(() => rmSync(directory, { recursive: true, force: true }))
  const { name, kubeconfig, storageClass } = await createCluster({ owner: 'run', config: mergeSettings({}), log, signal })
  stack.defer(async () => void (await deleteCluster(name, { log })))
  const packed = await problemOf(['npm', 'pack', '--silent', '--pack-destination', directory], { directory: projectRoot, signal })
  if (packed !== undefined) return packed
  const [archive = ''] = globSync('*.tgz', { cwd: directory })
  return await triedIn(directory, {
    archive: `./${archive}`,
    run: ['run', guarantee, '--kubeconfig', kubeconfig, '--storage-class', storageClass],
    signal,
  })
}

/** An archive of the package, and the words of a run that it is to do. */
interface Trial {
  readonly archive: string
  readonly run: readonly string[]
  readonly signal: AbortSignal
}

async function triedIn(directory: string, { archive, run, signal }: Trial): Promise<string | undefined> {
  // Without it, npm takes the next directory above that has a package.
  const here = ['--prefix', directory]
  const steps = [
    ['npm', 'install', ...here, '--no-audit', '--no-fund', '--loglevel=error', archive],
    ['npx', ...here, 'holdfast', 'guarantees', '--json'],
  ]
  for (const step of steps) {
    const problem = await problemOf(step, { directory, signal })
    if (problem !== undefined) return problem
  }
  const installed = join(directory, 'node_modules', 'holdfast')
  const before = sumsText(digestsIn(installed))
  // Without npx in between, which would not let it clean up once it is interrupted.
  const problem = await problemOf([process.execPath, join(directory, 'node_modules', '.bin', 'holdfast'), ...run], { directory, signal })
  if (problem !== undefined) return problem
  const [report] = globSync('reports/out/*/report.json', { cwd: directory })
  if (report === undefined || !existsSync(join(directory, report))) return `The run left no report below ${directory}.`
  return sumsText(digestsIn(installed)) === before ? undefined : 'The run wrote to the installed package.'
}

/** Runs a command. Returns what went wrong, with the last line that it printed. Throws the reason of the signal. */
export async function problemOf(
  [program = '', ...args]: readonly string[],
  { directory, signal }: { readonly directory: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const ended = await execa(program, args, {
    ...{ cwd: directory, reject: false, all: true, stdin: 'ignore', cancelSignal: signal, forceKillAfterDelay: endsWithin * 1000 },
  })
  signal.throwIfAborted()
  if (ended.exitCode === 0) return undefined
  const said = ended.all.trim().split('\n').at(-1) ?? ''
  return `"${[program, ...args].join(' ')}" ended with ${ended.exitCode ?? 'a signal'}: ${said}`
}

/** How long a run that is interrupted may take to put back what it changed, in seconds. */
const endsWithin = 90
