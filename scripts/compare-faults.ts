/**
 * Shows that "holdfast compare" finds faults of a driver in real runs. The same guarantees run on one cluster: on its usual StorageClass,
 * on that of each fault, one after the other, and on the usual one again. Each is compared with the first, and a table says which
 * guarantees are worse, which must be by `suites/kills.json`, and what else is:
 *
 *   node scripts/compare-faults.ts [--cluster holdfast-blue] [--list] [a fault…]
 *
 * A fault is made active as a user would meet it, by "holdfast run --kubeconfig <file> --storage-class holdfast-<fault>": the cluster
 * counts as one that Holdfast did not create, and the report names the class. With --cluster it takes one that "./holdfast up" made, and
 * leaves it; --list tells what would be run. Exit code 0: each fault was found, and nothing is worse without one; 1: else; 3: wrong usage.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { chalk, echo } from 'zx'
import { holdfastOutput, startHoldfast, type Started } from './abroad/holdfast.ts'
import * as pairs from './fault-pairs.ts'
import { keptCluster, type KeptCluster } from './kept-cluster.ts'
import { readCaseFlags } from './case-flags.ts'

const { values, positionals, refuse } = readCaseFlags('node scripts/compare-faults.ts [--cluster <name>] [--list] [a fault…]')
const unknown = positionals.filter((name) => !pairs.comparedFaults.some((fault) => fault === name))
if (unknown.length > 0) refuse(`${unknown.join(', ')} is not compared: choose from ${pairs.comparedFaults.join(', ')}.`)
const faults = pairs.comparedFaults.filter((fault) => positionals.length === 0 || positionals.includes(fault))

const root = dirname(import.meta.dirname)
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'))
const { records: kills } = read('suites/kills.json') as { readonly records: readonly pairs.KillOfPair[] }

/** The usual StorageClass, or that of a fault. */
function classOf({ storageClass, faultyStorageClasses }: KeptCluster, fault: string | undefined): string {
  const name = fault === undefined ? storageClass : faultyStorageClasses[fault]
  if (name === undefined) throw new Error(`The cluster has no StorageClass with the fault ${fault}: make one with "./holdfast up".`)
  return name
}

if (values.list) {
  const place = { kubeconfig: '<kubeconfig>', storageClass: 'holdfast-<fault>', snapshotClass: 'holdfast' }
  echo(`./holdfast ${pairs.wordsOfRun(place).join(' ')}`)
  for (const fault of faults) echo(`${fault}: ${pairs.expectedWorse(kills, fault).join(', ')}`)
  const minutes = pairs.estimatedSeconds(read('cli/budget/durations.json') as pairs.ReadDurations, faults) / 60
  echo(`${faults.length + 2} runs on one cluster, about ${minutes.toFixed(0)} minutes on an idle machine.`)
  process.exit(0)
}

const stopped = new AbortController()
let current: Started | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopped.abort()
    current?.signal('SIGINT')
  })

/** One run. Returns its directory; a run without a report is an error, whatever its guarantees came to. */
async function runOn(cluster: KeptCluster, fault: string | undefined): Promise<string> {
  const { kubeconfig, snapshotClass } = cluster
  current = startHoldfast(pairs.wordsOfRun({ kubeconfig, storageClass: classOf(cluster, fault), snapshotClass }))
  const { exitCode, stdout, stderr, seconds } = await current.ended
  current = undefined
  stopped.signal.throwIfAborted()
  const directory = /^\s+evidence\s+(\S+)$/m.exec(stdout)?.[1]
  const name = fault ?? 'without a fault'
  if (directory === undefined) throw new Error(`The run ${name} left no report: ${stderr}${stdout.slice(-1500)}`)
  echo(`${name}: exit code ${exitCode ?? 'none'} after ${seconds.toFixed(0)} s, ${directory}`)
  return directory
}

/** Guarantees that are worse in the second run; "holdfast compare" ends with 1 where there are any. */
async function worseOf(before: string, after: string): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await startHoldfast(['compare', before, after, '--format', 'json']).ended
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`${before} and ${after} cannot be compared: ${stderr}`)
  return pairs.worseIn(JSON.parse(stdout) as pairs.ReadComparison)
}

const noCluster = (called: string) => `There is no cluster ${called}: make it with "./holdfast up --name ${called}".`
if (values.cluster !== undefined && keptCluster(values.cluster) === undefined) refuse(noCluster(values.cluster))
const name = values.cluster ?? 'holdfast-faults'
const rows: pairs.FaultRow[] = []
{
  await using stack = new AsyncDisposableStack()
  if (values.cluster === undefined) {
    // One of that name which is there already is somebody's: it is refused here, and stays.
    await holdfastOutput(['up', '--name', name])
    stack.defer(async () => void (await holdfastOutput(['down', name])))
  }
  try {
    const cluster = keptCluster(name)
    if (cluster === undefined) throw new Error(noCluster(name))
    const faithful = await runOn(cluster, undefined)
    for (const fault of faults)
      rows.push({ fault, worse: await worseOf(faithful, await runOn(cluster, fault)), expected: pairs.expectedWorse(kills, fault) })
    rows.push({ fault: 'none', worse: await worseOf(faithful, await runOn(cluster, undefined)), expected: [] })
  } catch (error) {
    echo(chalk.red(stopped.signal.aborted ? 'Stopped before all faults were compared.' : String(error)))
  }
}
for (const line of pairs.faultTable(rows)) echo(line)
const found = rows.filter((row) => pairs.missedIn(row).length === 0 && (row.fault !== 'none' || row.worse.length === 0))
process.exitCode = found.length === faults.length + 1 ? 0 : 1
