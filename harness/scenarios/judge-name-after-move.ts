import { expect } from 'vitest'
import { catchUpOn } from '../engine/judge/catch-up-on.ts'
import { until } from '../engine/judge/matchers.ts'
import { field, latest } from '../engine/object.ts'
import type { Observer } from '../engine/watch/observer.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { resolvesTo, storedWith } from '../vocabulary/checks.ts'
import type { Names } from '../vocabulary/dns/names-from.ts'
import { workersOf } from '../vocabulary/node/worker-nodes.ts'
import { onNode } from '../vocabulary/pod/builders/pod.ts'
import { podGone, podReady } from '../vocabulary/pod/conditions.ts'

/**
 * Moves a Pod of a StatefulSet with the update strategy OnDelete to another node, and judges what its name resolves to there. Where there
 * is no other node, it does nothing.
 */
export async function judgeNameAfterMove(
  { namespace, history, limits, cluster }: Pick<ScenarioFixtures, 'namespace' | 'history' | 'limits' | 'cluster'>,
  of: { readonly statefulSet: string; readonly pod: string; readonly name: string; readonly pods: Observer; readonly names: Names },
): Promise<void> {
  const { statefulSet, pod, name, pods, names } = of
  await catchUpOn(history, ['Pod'])
  const before = field(latest(history.entries, 'Pod', pod), 'spec', 'nodeName')
  const node = workersOf(cluster).find((one) => one !== before)
  if (node === undefined) return
  await namespace.patch({ kind: 'StatefulSet', name: statefulSet }, { spec: { template: { spec: { affinity: onNode(node) } } } })
  await namespace.delete({ kind: 'Pod', name: pod })
  await until(pods, podGone({ pod }), { within: limits.podDeleted })
  await until(pods, podReady({ pod }), { within: limits.podReady })
  const moved = await names.ask(name, 'after it moved to another node', { pods: [pod] })
  await expect(history).toUphold(storedWith({ kind: 'Pod', name: pod, path: ['spec', 'nodeName'], value: node }), { as: 'moved' })
  await expect(history).toUphold(resolvesTo(moved), { as: 'moved' })
}
