import { expect } from 'vitest'
import {
  apiServerAway,
  conformance,
  controlPlaneOf,
  logHoldsExactly,
  measureApiServer,
  measureContainers,
  podReady,
  podReplaced,
  premise,
  readWrites,
  sameContainers,
  selectorOf,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'failures/control-plane-outage',
    statement:
      'A running Pod keeps reading and writing its volume while the whole control plane is away: API server, scheduler and controller manager. Its container is not restarted, and the Pod that replaces it later finds all that was written.',
    level: 'SHOULD',
    source: { page: 'concepts/overview/components/', section: 'control-plane-components' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeControl'],
    mutants: ['alive-by-api-server'],
    proves: {
      'failure.control-plane-outage-data-path': {
        reads: 'read-back',
        writes: ['writes-on', 'written-meanwhile'],
        'not-restarted': 'same-container',
      },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, nodes, observe, history, limits, cluster, sizes } = fixtures
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    // While the API server is away, only the container runtime of the node can reach the Pod.
    const node = await nodes.of('web-0')
    const containers = nodes.containersOn(node)
    const inside = { ...fixtures, containers, namespace: containers }
    const writer = writerIn('web-0', inside, ['/data/written'])
    const volume = volumeIn('web-0', inside, '/data/kept')
    await namespace.exec('web-0', ['mkdir', '/data/kept', '/data/written'])
    await volume.fill()
    const kept = await volume.readTree('before the outage')
    await writerIn('web-0', fixtures, ['/data/written']).start()
    const reached = await measureApiServer('before the outage', inside, node)
    const first = await measureContainers('before the outage', inside, 'web-0')

    await nodes.pause(controlPlaneOf(cluster))
    await premise(history, apiServerAway({ before: reached, away: await measureApiServer('in the outage', inside, node) }))
    const meanwhile = await measureContainers('in the outage', inside, 'web-0')
    await expect(history).toUphold(sameContainers({ before: first, after: meanwhile }), { as: 'same-container' })
    const before = await writer.position('in the outage')
    const read = await volume.readTree('in the outage')
    const acknowledged = await volumeIn('web-0', inside, '/data').appendRecords('in the outage')
    await premise(history, apiServerAway({ before: reached, away: await measureApiServer('late in the outage', inside, node) }))
    const last = await measureContainers('late in the outage', inside, 'web-0')
    await expect(history).toUphold(sameContainers({ before: first, after: last }), { as: 'same-container' })
    const after = await writer.stop('late in the outage')
    await nodes.unpause(controlPlaneOf(cluster))
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await until(pods, podReplaced({ pod: 'web-0' }), { within: limits.afterCrash })

    const found = await readWrites('web-0', fixtures, '/data/written')
    const records = await volumeIn('web-0', fixtures, '/data').readRecords('after the outage')
    await expect(history).toUphold(treesEqual({ expected: kept, actual: read }), { as: 'read-back' })
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'writes-on' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found: records }), { as: 'written-meanwhile' })
  },
)
