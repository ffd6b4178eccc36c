import { expect } from 'vitest'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { replacedAtOnce, storedWith, updatedAsStored } from '../vocabulary/checks.ts'

const path = ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable']

/**
 * Judges an update of all Pods of a StatefulSet by the maxUnavailable that was asked for and the feature gate of the cluster, which decides
 * what becomes of the field. Where nobody knows the gate, neither branch is decided: no more Pods are replaced at a time than is stored.
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
  } else {
    await expect(history).toUphold(updatedAsStored({ statefulSet, replicas }))
  }
}
