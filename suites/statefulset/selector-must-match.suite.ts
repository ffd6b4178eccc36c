import { expect } from 'vitest'
import { conformance, requestAccepted, requestRefused, statefulSet } from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/selector-must-match',
    statement: 'The API server refuses a StatefulSet without a selector, and one whose template labels do not match its selector.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'pod-selector' },
    requires: [],
    mutants: ['selector-filled-in'],
    proves: { 'statefulset.label-selector-required': { mandatory: ['accepted', 'unselected'], match: ['accepted', 'mismatched'] } },
  },
  async ({ namespace, history, cluster }) => {
    const selected = statefulSet('selected', { cluster, replicas: 0 })
    const { spec, ...set } = statefulSet('unselected', { cluster, replicas: 0 })
    const { selector, ...withoutSelector } = spec
    const unselected = { ...set, spec: withoutSelector }
    const matching = statefulSet('mismatched', { cluster, replicas: 0 })
    const mismatched = { ...matching, spec: { ...matching.spec, selector } }

    await namespace.attempt.create(selected)
    await namespace.attempt.create(unselected)
    await namespace.attempt.create(mismatched)

    const refusal = { verb: 'create', kind: 'StatefulSet', code: 422 } as const
    const withoutOne = requestRefused({ ...refusal, name: 'unselected', fields: ['spec.selector'] })
    const withAnother = requestRefused({ ...refusal, name: 'mismatched', fields: ['spec.template.metadata.labels'] })
    await expect(history).toUphold(withoutOne, { as: 'unselected' })
    await expect(history).toUphold(withAnother, { as: 'mismatched' })
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind: 'StatefulSet', name: 'selected' }), { as: 'accepted' })
  },
)
