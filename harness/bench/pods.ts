import { isReadyPod } from '../vocabulary/pod/readings.ts'
import { podReady } from '../vocabulary/pod/conditions.ts'
import type { Fixtures } from '../fixtures/fixtures.ts'
import { limits } from '../engine/limits.ts'
import { pvc } from '../vocabulary/pvc/persistent-volume-claim.ts'
import { pod } from '../vocabulary/pod/builders/pod.ts'
import { workloadContainer } from '../vocabulary/pod/builders/workload-container.ts'
import { gone, withBenchFixtures, reach } from './bench-fixtures.ts'
import { removePvc } from './pvc-binding.ts'
import type { Benchmark } from './figure.ts'
import { seconds, seenAt, sentAt } from './moments.ts'

const kind = 'Pod'

/** A Pod like those with a volume, but for the volume. */
function podWithoutVolume(name: string, cluster: Fixtures['cluster']) {
  const { spec, ...manifest } = pod(name, { cluster, pvc: '' })
  return { ...manifest, spec: { ...spec, volumes: [], containers: [workloadContainer({ image: cluster.workloadImage, mounts: [] })] } }
}

/** Deletes a Pod and waits until it is gone. */
export async function removePod({ namespace, observe }: Fixtures, name: string): Promise<void> {
  await namespace.delete({ kind, name }, { gracePeriodSeconds: 1 })
  await reach(await observe.pods(), gone(kind, [name]), limits.podDeleted)
}

/** Seconds from a Pod sent to Running and Ready. */
async function plainPod(fixtures: Fixtures, name: string): Promise<number> {
  const { namespace, observe, history, cluster } = fixtures
  await namespace.apply(podWithoutVolume(name, cluster))
  await reach(await observe.pods(), podReady({ pod: name }), limits.podReady)
  const taken = seconds(sentAt(history.entries, 'apply', { kind, name }), seenAt(history.entries, { kind, name }, isReadyPod))
  await removePod(fixtures, name)
  return taken
}

/** Seconds from a PersistentVolumeClaim sent, its Pod right behind it, to the Pod Running and Ready. */
async function podWithVolume(fixtures: Fixtures, name: string): Promise<number> {
  const { namespace, observe, history, cluster } = fixtures
  const reference = { kind: 'PersistentVolumeClaim', name }
  await namespace.apply(pvc(name, { cluster, size: '1Gi' }))
  await namespace.apply(pod(name, { cluster, pvc: name }))
  await reach(await observe.pods(), podReady({ pod: name }), limits.podReady)
  const taken = seconds(sentAt(history.entries, 'apply', reference), seenAt(history.entries, { kind, name }, isReadyPod))
  await removePod(fixtures, name)
  await removePvc(fixtures, name)
  return taken
}

/** How much longer a Pod with a new volume takes to run than the same Pod without, in pairs whose order alternates. */
export const volumeInPod: Benchmark = {
  name: 'volume-in-pod',
  title: 'Pod with a new volume Running and Ready, less the same Pod without',
  unit: 's',
  limit: 2,
  judged: 'median',
  async take(plan) {
    const pairs = await withBenchFixtures('volume-in-pod', plan, async (fixtures) => {
      await fixtures.observe.pvcs()
      await fixtures.observe.pvs()
      const taken: { readonly withVolume: number; readonly plain: number }[] = []
      for (let round = 0; round < plan.rounds; round += 1) {
        const first = round % 2 === 0 ? await plainPod(fixtures, `plain-${round}`) : undefined
        const withVolume = await podWithVolume(fixtures, `volume-${round}`)
        taken.push({ withVolume, plain: first ?? (await plainPod(fixtures, `plain-${round}`)) })
      }
      return taken
    })
    return {
      values: pairs.map(({ withVolume, plain }) => withVolume - plain),
      shares: { 'with a new volume': pairs.map(({ withVolume }) => withVolume), without: pairs.map(({ plain }) => plain) },
    }
  },
}
