import { expect, test } from 'vitest'
import { gatesIn } from './feature-gates.ts'

test('reads the gates among other metrics', () => {
  const metrics = `# HELP kubernetes_feature_enabled [BETA] This metric records the data about the stage and enablement of a k8s feature.
# TYPE kubernetes_feature_enabled gauge
kubernetes_feature_enabled{name="VolumeAttributesClass",stage=""} 1
kubernetes_feature_enabled{name="MaxUnavailableStatefulSet",stage="BETA"} 0
kubernetes_build_info{major="1",name="VolumeAttributesClass"} 1
`
  expect(gatesIn(metrics)).toEqual({ MaxUnavailableStatefulSet: false, VolumeAttributesClass: true })
  expect(gatesIn('')).toEqual({})
})

test('under AllBeta each gate is as the API server has it', () => {
  const metrics = `kubernetes_feature_enabled{name="AllBeta",stage="BETA"} 0
kubernetes_feature_enabled{name="MaxUnavailableStatefulSet",stage="BETA"} 0
kubernetes_feature_enabled{name="PodTopologyLabelsAdmission",stage="BETA"} 1
`
  expect(gatesIn(metrics)).toEqual({ AllBeta: false, MaxUnavailableStatefulSet: false, PodTopologyLabelsAdmission: true })
})
