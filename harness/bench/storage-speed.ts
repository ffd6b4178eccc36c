import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { field } from '../engine/object.ts'
import { readEnvironment } from '../engine/fixtures/environment.ts'
import { openApi } from '../engine/kubernetes/api.ts'
import { readConnection } from '../engine/kubernetes/connection.ts'
import type { BenchPlan } from './bench-fixtures.ts'
import { pvcBound, manyPvcsBound } from './pvc-binding.ts'
import { driverMemory } from './driver-memory.ts'
import { expansionSeen } from './expansions.ts'
import { type Benchmark, type Figure, figureLines, isKept } from './figure.ts'
import { interruption } from './interruption.ts'
import { volumeInPod } from './pods.ts'
import { snapshotReady } from './snapshots.ts'

/** One after the other, so that none is a load for another; memory last, when the driver has worked. */
const benchmarks: readonly Benchmark[] = [pvcBound, volumeInPod, snapshotReady, expansionSeen, manyPvcsBound, driverMemory]

/** Whether PVCs of the StorageClass are bound before a Pod needs them. */
async function bindsAtOnce({ environment: { cluster } }: BenchPlan): Promise<boolean> {
  const api = openApi(await readConnection(cluster.kubeconfig, cluster.context))
  try {
    const storageClass = await api.send({ path: `/apis/storage.k8s.io/v1/storageclasses/${cluster.storageClass}` })
    return field(storageClass, 'volumeBindingMode') !== 'WaitForFirstConsumer'
  } finally {
    api.close()
  }
}

/** Measures the speed of the CSI driver behind the StorageClass of the run, on an idle cluster. Says each figure as it comes. */
async function benchStorageSpeed(plan: BenchPlan, log: (line: string) => void): Promise<readonly Figure[]> {
  const { name, features, storageClass } = plan.environment.cluster
  const atOnce = await bindsAtOnce(plan)
  const lacking = ({ needs }: Benchmark) => {
    if (needs === undefined) return undefined
    if (needs === 'ImmediateBinding') return atOnce ? undefined : `StorageClass ${storageClass} waits for the first Pod.`
    return features.includes(needs) ? undefined : `cluster ${name} lacks ${needs}.`
  }
  const figures: Figure[] = []
  for (const { take, needs, ...subject } of benchmarks) {
    const why = lacking({ take, ...(needs && { needs }), ...subject })
    const figure: Figure = { ...subject, ...(why === undefined ? await take(plan) : { why }) }
    figures.push(figure)
    for (const line of figureLines(figure)) log(line)
  }
  return figures
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } })
  const environment = readEnvironment()
  const { driver, storageClass, versions, name } = environment.cluster
  const log = (line: string) => void process.stdout.write(`${line}\n`)
  const [load = 0] = loadavg()
  log(`Speed of ${driver} with StorageClass ${storageClass} on ${name}; load of this machine ${load.toFixed(2)}`)
  if (load > availableParallelism()) log('This machine is busy with other work: what is over its limit here may be kept on an idle one.')
  try {
    const figures = await benchStorageSpeed({ environment, rounds: Number(values.rounds), signal: interruption() }, log)
    const file = join(environment.directory, 'storage-speed.json')
    writeFileSync(file, `${JSON.stringify({ driver, storageClass, versions, load, figures }, null, 2)}\n`)
    log(`Every value is in ${file}.`)
    process.exitCode = figures.every(isKept) ? 0 : 1
  } catch (error) {
    log(`The speed could not be measured: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
