import { field, latest } from '../engine/object.ts'
import { podReady } from '../vocabulary/pod/conditions.ts'
import { pvcExpanded } from '../vocabulary/pvc/conditions.ts'
import { driverCalls } from '../vocabulary/csi-driver/calls/driver-calls.ts'
import type { Fixtures } from '../fixtures/fixtures.ts'
import type { ObservedObject } from '../engine/history/history-entry.ts'
import { limits } from '../engine/limits.ts'
import { pvc } from '../vocabulary/pvc/persistent-volume-claim.ts'
import { pod } from '../vocabulary/pod/builders/pod.ts'
import { parseQuantity } from '../engine/quantity.ts'
import { dataDirectory } from '../vocabulary/pod/builders/workload-container.ts'
import { withBenchFixtures, reach } from './bench-fixtures.ts'
import { removePvc, pvNameOf } from './pvc-binding.ts'
import { type Expansion, awaitsNode, sharesOf, timedCall } from './expansion-shares.ts'
import type { Benchmark } from './figure.ts'
import { seconds, seenAt, sentAt } from './moments.ts'
import { removePod } from './pods.ts'

const kind = 'PersistentVolumeClaim'
const [before, after] = ['1Gi', '2Gi']

/** Runs a command of the workload image on the volume of a Pod and reads its answer. */
async function fileSystem({ namespace }: Fixtures, podName: string, ...[command, ...options]: readonly string[]): Promise<number> {
  const words = ['node', '/opt/holdfast/workload.mjs', command ?? '', dataDirectory, ...options]
  const { exitCode, stdout, stderr } = await namespace.exec(podName, words)
  if (exitCode !== 0) throw new Error(`${words.join(' ')} in Pod ${podName} ended with exit code ${exitCode}: ${stderr.trim()}`)
  return Number(field(JSON.parse(stdout), 'totalBytes'))
}

async function expandOnce(fixtures: Fixtures, name: string): Promise<Expansion> {
  const { namespace, observe, history, cluster, mark } = fixtures
  const [pods, pvcs, reference] = [await observe.pods(), await observe.pvcs(), { kind, name }]
  await namespace.apply(pvc(name, { cluster, size: before }))
  await namespace.apply(pod(name, { cluster, pvc: name }))
  await reach(pods, podReady({ pod: name }), limits.podReady)
  const bytes = await fileSystem(fixtures, name, 'df')
  // It is looking before the request is sent, and returns once it has seen more.
  const seeing = fileSystem(fixtures, name, 'grown', String(bytes)).then(() => mark(`${name} grew`))
  seeing.catch(() => undefined)
  await namespace.expand(reference, after)
  const seen = await seeing
  await reach(pvcs, pvcExpanded({ pvc: name, to: after }), limits.pvcExpanded)

  const sent = sentAt(history.entries, 'expand', reference)
  const isLarge = (object: ObservedObject) => {
    const capacity = field(object, 'status', 'capacity', 'storage')
    return typeof capacity === 'string' && parseQuantity(capacity) >= parseQuantity(after)
  }
  const recorded = seenAt(history.entries, reference, isLarge) ?? Number.NaN
  return {
    sent,
    // A PVC whose node was quicker than the watch never says that it awaits it.
    awaitedNode: seenAt(history.entries, reference, awaitsNode) ?? recorded,
    seen: Date.parse(seen.at),
    recorded,
    calls: callsOf(fixtures, name),
  }
}

function callsOf({ history, cluster: { callLogDirectory } }: Fixtures, reference: string): Expansion['calls'] {
  const volume = latest(history.entries, 'PersistentVolume', pvNameOf(history.entries, reference) ?? '')
  const handle = field(volume, 'spec', 'csi', 'volumeHandle')
  if (callLogDirectory === null || typeof handle !== 'string') return []
  return driverCalls(callLogDirectory, new Set([handle])).map(({ line }) => timedCall(line))
}

/** From the request for a larger volume sent to the new size seen by a process in the Pod that uses it. */
export const expansionSeen: Benchmark = {
  name: 'expansion-seen',
  title: 'Larger size requested to seen in the running Pod',
  unit: 's',
  limit: 5,
  judged: 'median',
  needs: 'OnlineExpansion',
  async take(plan) {
    const all = await withBenchFixtures('expansion-seen', plan, async (fixtures) => {
      await fixtures.observe.pvs()
      const expansions: Expansion[] = []
      for (let round = 0; round < plan.rounds; round += 1) {
        const name = `pvc-${round}`
        expansions.push(await expandOnce(fixtures, name))
        await removePod(fixtures, name)
        await removePvc(fixtures, name)
      }
      return expansions
    })
    const shares = all.map((expansion) => sharesOf(expansion))
    return {
      values: all.map(({ sent, seen }) => seconds(sent, seen)),
      shares: Object.fromEntries(Object.keys(shares[0] ?? {}).map((share) => [share, shares.map((one) => one[share] ?? Number.NaN)])),
    }
  },
}
