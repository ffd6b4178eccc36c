/**
 * Runs Holdfast on a cluster that it did not make, as clusters of others are: without the image, without rights, behind a proxy, with
 * quotas and policies; and lists by kind what is left of runs that passed, failed, were interrupted and were killed. Makes one cluster for
 * it, of which the runs are given a kubeconfig alone, and deletes it:
 *
 *   node scripts/abroad.ts [--cluster holdfast-blue] [--list] [a part of the name of a case…]
 *
 * With --cluster it takes one that "./holdfast up" made, and leaves it. Exit code 0: every case came out as it must; 1: some did not;
 * 3: wrong usage.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chalk, echo } from 'zx'
import { temporaryPrefix } from '../contract/owner.ts'
import { adminApi } from './abroad/api.ts'
import { homeObjects, withDefaultClass } from './abroad/arrangements.ts'
import { casesOn } from './abroad/cases.ts'
import { holdfastOutput } from './abroad/holdfast.ts'
import { allObjects, byKind, leftOf } from './abroad/objects.ts'
import { type CaseResult, runCase } from './abroad/run-case.ts'
import { keptCluster } from './kept-cluster.ts'
import { readCaseFlags } from './case-flags.ts'

/** What of a run is worth to be seen when a case did not come out as it must. */
function tailOf({ stdout, stderr }: CaseResult): readonly string[] {
  const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '')
  return [...lines(stdout).slice(-25), ...lines(stderr).slice(-25)]
}

const { values, positionals, refuse } = readCaseFlags('node scripts/abroad.ts [--cluster <name>] [--list] [a part of the name of a case…]')
const isWanted = ({ name }: { readonly name: string }) => positionals.length === 0 || positionals.some((part) => name.includes(part))
const named = casesOn({ image: '' }).filter(isWanted)
if (named.length === 0) refuse(`There is no case with ${positionals.join(' or ')} in its name: --list names all.`)
if (values.list) {
  for (const { name } of named) echo(name)
  process.exit(0)
}

/** A case that could not be tried is none that came out as it must. */
function noResult(error: unknown): CaseResult {
  const complaint = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { exitCode: undefined, stdout: '', stderr: '', seconds: 0, left: [], complaints: [complaint], remarks: [] }
}

/** Ctrl-C ends the run that is going on, too; what is left of the cases is not tried, and the cluster goes. */
function watchSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}

const stopped = watchSignals()
const cluster = values.cluster ?? 'holdfast-abroad'
const failed: string[] = []
{
  await using stack = new AsyncDisposableStack()
  if (values.cluster === undefined) {
    // One of that name which is there already is somebody's: it is refused here, and stays.
    await holdfastOutput(['up', '--name', cluster])
    stack.defer(async () => void (await holdfastOutput(['down', cluster])))
  }
  const kept = keptCluster(cluster) ?? refuse(`There is no cluster ${cluster}: make it with "./holdfast up --name ${cluster}".`)
  const { kubeconfig, workloadImage: image, storageClass } = kept
  const api = adminApi(kubeconfig)
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('abroad')))
  stack.defer(() => rmSync(directory, { recursive: true, force: true }))
  stack.use(await withDefaultClass(api, storageClass))
  const before = await allObjects(api)
  for (const object of homeObjects) {
    stack.defer(async () => api.remove(object))
    await api.apply(object)
  }
  const ground = { api, image, directory, kubeconfig: readFileSync(kubeconfig, 'utf8') }
  for (const one of casesOn({ image }).filter(isWanted)) {
    if (stopped.aborted) break
    const result = await runCase(one, ground).catch((error: unknown) => noResult(error))
    const { complaints, remarks, seconds, exitCode } = result
    const word = complaints.length === 0 ? chalk.green('as it must') : chalk.red('wrong')
    echo(`${word}  ${one.name}: exit code ${exitCode ?? 'none'} after ${seconds.toFixed(1)} s`)
    if (one.exitCode === 3) echo(`    ${result.stderr.trim()}`)
    for (const line of [...remarks, ...complaints]) echo(`    ${line}`)
    if (complaints.length === 0) continue
    failed.push(one.name)
    for (const line of tailOf(result)) echo(chalk.dim(`      | ${line}`))
  }
  const own = await allObjects(api)
  const left = leftOf(before, own).filter(({ name }) => name !== 'abroad' && !name.startsWith('abroad/'))
  for (const line of byKind(left)) failed.push(`after all cases, left ${line}`)
}
if (stopped.aborted) failed.push('interrupted before all cases were tried')
for (const line of failed) echo(chalk.red(line))
echo(`${named.length} cases, ${failed.length} not as they must.`)
process.exitCode = failed.length === 0 ? 0 : 1
