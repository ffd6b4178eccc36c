import { expect } from 'vitest'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { replacedAtOnce, storedWith } from '../vocabulary/checks.ts'

const path = ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable']

/**
 * Judges an update of all Pods of a StatefulSet that was made with a maxUnavailable by what the feature gate of the cluster makes of the
 * field. Where nobody knows the gate, it judges nothing.
 */
export async function judgeMaxUnavailable(
  { history, cluster }: Pick<ScenarioFixtures, 'history' | 'cluster'>,
  { statefulSet, replicas, asked }: { readonly statefulSet: string; readonly replicas: number; readonly asked: number },
): Promise<void> {
  const gate = cluster.featureGates?.['MaxUnavailableStatefulSet']
  const stored = (value: number | null) => storedWith({ kind: 'StatefulSet', name: statefulSet, path, value })
  if (gate === true) {
    await expect(history).toUphold(stored(asked), { as: 'several-at-once' })
    await expect(history).toUphold(replacedAtOnce({ statefulSet, replicas, most: asked }), { as: 'several-at-once' })
  } else if (gate === false) {
    await expect(history).toUphold(stored(null), { as: 'field-dropped' })
    await expect(history).toUphold(replacedAtOnce({ statefulSet, replicas, most: 1 }), { as: 'one-at-a-time' })
  }
}
